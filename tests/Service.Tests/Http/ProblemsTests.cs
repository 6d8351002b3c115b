using System.Net;

namespace Trainyard.Service.Tests.Http;

[Trait("Needs", "database")]
public sealed class ProblemsTests(DatabaseServer server)
{
    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/runs/not-an-id")]
    [InlineData("/missing.js")]
    public async Task Get_UnknownPath_IsNotFound(string path)
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");

        Api.IsProblem(await app.Http.AskAsync(request), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Delete_Runs_IsNotAllowedAndListsAllowedMethods()
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/runs");

        var answer = await app.Http.AskAsync(request);

        Api.IsProblem(answer, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], answer.Response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_TableMissing_IsInternalWithoutDetails()
    {
        await using var app = await TestApp.StartAsync(server);
        await using var drop = app.DataSource.CreateCommand("drop table metric_summaries");
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var answer = await app.Http.GetJsonAsync("/api/v1/runs");

        Api.IsProblem(answer, HttpStatusCode.InternalServerError, "internal");
        Assert.DoesNotContain("metric_summaries", answer.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(answer.Body["traceId"]);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.Created)]
    public async Task Post_FromAPage_IsAcceptedFromTheSameOriginOnly(string site, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs") { Content = new StringContent(Api.Xor, null, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", site);

        Assert.Equal(expected, (await app.Http.AskAsync(request)).Status);
    }

    [Fact]
    public async Task Get_AnyPath_HasSecurityHeaders()
    {
        await using var app = await TestApp.StartAsync(server);

        foreach (var path in (string[])["/", "/api/v1/catalog", "/api/v1/nothing", "/health/live"])
        {
            var (_, _, response) = await app.Http.GetJsonAsync(path);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }
}
