using System.Net;
using static Trainyard.Service.Tests.Results.HeldRuns;

namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class RequestMethodTests(DatabaseServer server)
{
    private static readonly string[] Pages = ["/", "/swagger/index.html", "/swagger/v1/swagger.json", "/hangfire", "/api/v1/nothing", "/missing.js"];

    [Fact]
    public async Task Head_OfEveryAddress_HasTheHeadersOfGetAndNoBody()
    {
        await using var app = await TestApp.StartAsync(server);
        var runs = new[] { await app.HeldRunAsync(), await app.HeldRunAsync() };
        await app.AppendAsync(runs[0], Epoch(1));
        var addresses = ApiDocument.Published.Operations.Where(operation => operation.Method == "GET").Select(operation =>
            operation.Address(runs[0]) + (operation.Parameters("query").Any(parameter => parameter["name"]!.GetValue<string>() == "run") ? $"?run={runs[0]}&run={runs[1]}" : ""));

        foreach (var address in addresses.Concat(Pages))
        {
            var (get, _) = await AskAsync(app, HttpMethod.Get, address);
            var (head, body) = await AskAsync(app, HttpMethod.Head, address);
            Assert.True(get.StatusCode == head.StatusCode, $"{address}: {get.StatusCode} and {head.StatusCode}");
            Assert.Equal($"{address} {Headers(get)}", $"{address} {Headers(head)}");
            Assert.Empty(body);
        }
    }

    [Fact]
    public async Task Head_OfAnEventStream_Ends()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.HeldRunAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/v1/runs/{id}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");

        var (status, _, response) = await app.Http.AskAsync(request);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Options_OfEveryAddress_ListsItsMethods()
    {
        await using var app = await TestApp.StartAsync(server);

        foreach (var methods in ApiDocument.Published.Operations.GroupBy(operation => operation.Path))
        {
            var expected = methods.SelectMany(operation => operation.Method == "GET" ? (string[])["GET", "HEAD"] : [operation.Method]).Append("OPTIONS").Order(StringComparer.Ordinal).ToList();
            var address = methods.First().Address(Guid.CreateVersion7());
            var (options, body) = await AskAsync(app, HttpMethod.Options, address);
            Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
            Assert.Empty(body);
            Assert.Equal(expected, options.Content.Headers.Allow.Order(StringComparer.Ordinal));

            var (refused, _) = await AskAsync(app, HttpMethod.Put, address);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
            Assert.Equal(expected, refused.Content.Headers.Allow.Order(StringComparer.Ordinal));
        }
    }

    // Without those that belong to one message: length, coding, time, and the trace of a problem.
    private static string Headers(HttpResponseMessage response) => string.Join('\n', response.Headers.Concat(response.Content.Headers)
        .Where(header => header.Key is not ("Date" or "Content-Length" or "Transfer-Encoding" or "Connection"))
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal));

    private static async Task<(HttpResponseMessage Response, byte[] Body)> AskAsync(TestApp app, HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        var response = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
