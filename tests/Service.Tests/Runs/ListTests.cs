using System.Net;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Runs;

public sealed class ListTests(DatabaseServer server)
{
    [Fact]
    public async Task List_PageByPage_ShowsEveryRunOnceNewestFirst()
    {
        await using var app = await TestApp.StartAsync(server);
        List<Guid> submitted = [];
        for (var i = 0; i < 7; i++)
        {
            submitted.Add(await app.Http.SubmitAsync());
        }

        List<Guid> seen = [];
        for (var query = "?limit=3"; ;)
        {
            var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs{query}");
            var ids = Ids(page!);
            Assert.True(ids.Count <= 3);
            seen.AddRange(ids);
            if (page!["next"] is not { } next)
            {
                break;
            }

            query = $"?limit=3&after={next}";
        }

        Assert.Equal(submitted.OrderByDescending(id => id.ToString(), StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task List_ExactlyOnePage_HasNoNext()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync();
        await app.Http.SubmitAsync();

        var (_, page, _) = await app.Http.GetJsonAsync("/api/v1/runs?limit=2");

        Assert.Equal(2, Ids(page!).Count);
        Assert.Null(page!["next"]);
    }

    [Fact]
    public async Task List_FilteredByStateAndExperiment_ShowsThoseOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        var queued = await app.Http.SubmitAsync();
        var cancelled = await app.Http.SubmitAsync();
        var other = await app.Http.SubmitAsync(Api.Xor.Replace("{ \"name\"", "{ \"experiment\": \"other\", \"name\"", StringComparison.Ordinal));
        await app.Http.PostAsync($"/api/v1/runs/{cancelled}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal([other, queued], await ListAsync("?state=queued"));
        Assert.Equal([cancelled], await ListAsync("?state=cancelled&state=failed"));
        Assert.Equal([other, cancelled, queued], await ListAsync("?state=cancelled&state=queued"));
        Assert.Equal([other], await ListAsync("?experiment=other"));
        Assert.Equal([queued], await ListAsync("?experiment=default&state=queued"));
        Assert.Empty(await ListAsync("?experiment=nothing"));

        async Task<List<Guid>> ListAsync(string query) => Ids((await app.Http.GetJsonAsync($"/api/v1/runs{query}")).Body!);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?state=done")]
    public async Task List_ParameterOutOfRange_NamesIt(string query)
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs{query}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-parameter");
        Assert.Equal(query[1..query.IndexOf('=', StringComparison.Ordinal)], answer.Body!["parameter"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("?limit=x")]
    [InlineData("?after=x")]
    public async Task List_ParameterOfWrongType_IsMalformed(string query)
    {
        await using var app = await TestApp.StartAsync(server);

        var answer = await app.Http.GetJsonAsync($"/api/v1/runs{query}");

        Api.IsProblem(answer, HttpStatusCode.BadRequest, "bad-request");
        Assert.Contains("'x'", answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_FailedRun_HasItsFailureAndAttempts()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await using var command = app.DataSource.CreateCommand(
            $"""
            insert into attempts values ('{id}', 1, 'worker-1', now(), now(), 'out of memory');
            update runs set state = 'failed', finished_at = now(), attempt = 1, failure_class = 'out_of_memory', failure_message = 'Take a smaller batch.'
            where id = '{id}'
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (_, run, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");

        Assert.Equal("failed", run!["state"]!.GetValue<string>());
        Assert.Equal("out_of_memory", run["failure"]!["class"]!.GetValue<string>());
        Assert.Equal("Take a smaller batch.", run["failure"]!["message"]!.GetValue<string>());
        Assert.Equal("worker-1", Assert.Single(run["attempts"]!.AsArray())!["worker"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    [InlineData("/metrics")]
    public async Task Show_UnknownRun_IsNotFound(string part)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}{part}"), HttpStatusCode.NotFound, "unknown-run");
    }

    private static List<Guid> Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(run => run!["id"]!.GetValue<Guid>())];
}
