namespace Trainyard.Service.Tests.Http;

/// <summary>Fails a test on a response that the published API description does not allow.</summary>
internal sealed class DocumentedResponses() : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (await ApiDocument.Published.FindProblemAsync(request.Method, request.RequestUri!, response, cancellationToken) is { } problem)
        {
            Assert.Fail($"{problem} See src/Service/openapi.json.");
        }

        return response;
    }
}
