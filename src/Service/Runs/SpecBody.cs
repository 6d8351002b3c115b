using Trainyard.Service.Http;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>A spec as the body of a request. The endpoint limits its size with <see cref="Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute"/>.</summary>
internal static class SpecBody
{
    public static async Task<SpecReading> ReadAsync(HttpRequest request, SpecLimits limits, CancellationToken cancellationToken) =>
        SpecReader.Read(await JsonBodies.ReadBytesAsync(request, cancellationToken), limits);
}
