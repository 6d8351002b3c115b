using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.SpecChecks;

/// <summary>A spec in the body of a request.</summary>
internal static class SpecBody
{
    /// <summary>Reads and judges the body.</summary>
    /// <returns>What the reader found, or the problem that kept it from reading: too large, or not JSON.</returns>
    public static async Task<(SpecReading? Reading, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > SpecReader.MaximumBytes || await ReadBytesAsync(request.Body, cancellationToken) is not { } body)
        {
            return (null, Problem.TooLarge(SpecReader.MaximumBytes));
        }

        var reading = SpecReader.Read(body);
        return reading.Malformed
            ? (null, Problem.Of(StatusCodes.Status400BadRequest, "not-json", "The body is not JSON.", reading.Findings[0].Message, ("findings", reading.Findings)))
            : (reading, null);
    }

    // Null: there is more than what is read.
    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > SpecReader.MaximumBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * length, SpecReader.MaximumBytes + 1));
            }
        }
    }
}
