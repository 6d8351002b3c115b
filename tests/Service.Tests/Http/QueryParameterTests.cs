using System.Net;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class QueryParameterTests(DatabaseServer server)
{
    [Theory]
    [InlineData("/api/v1/runs?status=failed", "status", "did you mean 'state'?")]
    [InlineData("/api/v1/runs?page_size=10", "page_size", "Query parameters of this address: ")]
    [InlineData("/api/v1/runs?Limits=10", "Limits", "did you mean 'limit'?")]
    [InlineData("/api/v1/runs?=x", "", "Query parameters of this address:")]
    [InlineData("/api/v1/system?limit=10", "limit", "This address has no query parameters.")]
    [InlineData("/api/v1/compare?runs=x", "runs", "did you mean 'run'?")]
    [InlineData("/health/live?verbose", "verbose", "This address has no query parameters.")]
    public async Task Query_UnknownParameter_IsRefusedByName(string address, string name, string detail)
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync(address);

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "unknown-parameter");
        Assert.Equal(name, answer.Body!["parameter"]!.GetValue<string>());
        Assert.Contains(detail, answer.Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_OfEveryOperation_RefusesUnknownAndRepeatedParameters()
    {
        await using var app = await TestApp.StartAsync(server);

        foreach (var operation in ApiDocument.Published.Operations)
        {
            var address = operation.Address(Guid.CreateVersion7());
            Api.IsProblem(await AskAsync(app, operation, $"{address}?nothing=1"), HttpStatusCode.BadRequest, "unknown-parameter");
            foreach (var parameter in operation.Parameters("query"))
            {
                var name = parameter["name"]!.GetValue<string>();
                var mayRepeat = parameter["schema"]!["type"]!.GetValue<string>() == "array";
                var (status, body, _) = await AskAsync(app, operation, $"{address}?{name}=1&{name}=1");
                Assert.Equal(!mayRepeat, body?["type"]?.GetValue<string>() == "/problems/repeated-parameter");
                Assert.True(mayRepeat || status == HttpStatusCode.BadRequest);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/runs/groups", "by")]
    [InlineData("PATCH", "/api/v1/experiments", "name")]
    [InlineData("POST", "/api/v1/experiments/archive", "name")]
    public async Task Query_RequiredParameterMissing_IsNamed(string method, string address, string name)
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);

        var answer = await app.Http.AskAsync(request);

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "missing-parameter");
        Assert.Equal(name, answer.Body!["parameter"]!.GetValue<string>());
        Assert.Equal($"This address needs the query parameter '{name}'.", answer.Body["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Query_RepeatedInOtherCase_IsRefused()
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync("/api/v1/runs?limit=1&LIMIT=2");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "repeated-parameter");
    }

    [Fact]
    public async Task List_RepeatedTags_AreAllRequired()
    {
        await using var app = await TestApp.StartAsync(server);
        async Task<Guid> TaggedAsync(params string[] tags)
        {
            var id = await app.Http.SubmitAsync();
            using var edit = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/runs/{id}")
            {
                Content = new StringContent(new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) }.ToJsonString(), null, "application/json"),
            };
            Assert.Equal(HttpStatusCode.OK, (await app.Http.AskAsync(edit)).Status);
            return id;
        }

        await TaggedAsync("ta");
        var both = await TaggedAsync("ta", "tb");
        var comma = await TaggedAsync("ta,tb");

        async Task<List<Guid>> ListAsync(string query) =>
            [.. (await app.Http.GetJsonAsync($"/api/v1/runs?{query}")).Body!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>())];
        Assert.Equal([both], await ListAsync("tag=ta&tag=tb"));
        Assert.Equal([comma], await ListAsync("tag=ta,tb"));
        Assert.Equal(2, (await ListAsync("tag=ta")).Count);
        Api.IsProblem(
            await app.Http.GetJsonAsync($"/api/v1/runs?{string.Join('&', Enumerable.Repeat("tag=a", 21))}"), HttpStatusCode.BadRequest, "bad-parameter");
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> AskAsync(TestApp app, Operation operation, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), address);
        return await app.Http.AskAsync(request);
    }
}
