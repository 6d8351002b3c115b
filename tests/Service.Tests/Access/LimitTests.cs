using System.Net;
using System.Text.Json.Nodes;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.Runs;

namespace Trainyard.Service.Tests.Access;

[Trait("Needs", "database")]
public sealed class LimitTests(DatabaseServer server)
{
    [Fact]
    public async Task Requests_OverTheRateOfAPerson_Are429ForThatPersonAlone()
    {
        await using var app = await AccessApp.StartAsync(server, ("Access:Limits:RequestsPerMinute", "3"));
        using var ann = await app.SignInAsync("ann", AccessScope.Read);
        using var bob = await app.SignInAsync("bob", AccessScope.Read);
        // Another token of the same name shares the limit.
        using var again = await app.SignInAsync("ann", AccessScope.Read);
        foreach (var http in new[] { ann, again, ann })
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetJsonAsync("/api/v1/session")).Status);
        }

        IsReached(await again.GetJsonAsync("/api/v1/runs"), "requestsPerMinute", value: 3, use: 3);
        IsReached(await ann.SendAsync("POST", "/hubs/runs/negotiate?negotiateVersion=1"), "requestsPerMinute", value: 3, use: 3);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetJsonAsync("/api/v1/runs")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetJsonAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Submits_OverTheRate_Are429AndReadsAreNot()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Access:Limits:SubmitsPerMinute", "2")]);
        var first = await app.Http.SubmitAsync();
        Assert.Equal(HttpStatusCode.Created, (await app.Http.PostJsonAsync($"/api/v1/runs/{first}/fork", "{}")).Status);

        IsReached(await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor), "submitsPerMinute", value: 2, use: 2);
        IsReached(await app.Http.PostJsonAsync($"/api/v1/runs/{first}/fork", "{}"), "submitsPerMinute", value: 2, use: 2);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync($"/api/v1/runs/{first}")).Status);
    }

    [Fact]
    public async Task QueuedRuns_AtTheLimit_AreRefusedHoweverTheyAreQueued()
    {
        await using var app = await AccessApp.StartAsync(server, ("Access:Limits:QueuedRuns", "2"));
        using var ann = await app.SignInAsync("ann", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        using var admin = await app.SignInAsync("admin", AccessScope.Admin);
        var (paused, failed, finished) = (await ann.SubmitAsync(), await ann.SubmitAsync(), Guid.Empty);
        await app.SetStateAsync(paused, "paused");
        await app.SetStateAsync(failed, "failed");
        finished = await ann.SubmitAsync();
        await app.SetStateAsync(finished, "succeeded");
        var (_, first, _) = await ann.PostJsonAsync("/api/v1/runs", Api.Xor, "key");
        await ann.SubmitAsync();

        IsReached(await ann.PostJsonAsync("/api/v1/runs", Api.Xor), "queuedRuns", value: 2, use: 2);
        IsReached(await ann.PostJsonAsync($"/api/v1/runs/{finished}/fork", "{}"), "queuedRuns", value: 2, use: 2);
        IsReached(await ann.SendAsync("POST", $"/api/v1/runs/{paused}/resume"), "queuedRuns", value: 2, use: 2);
        IsReached(await ann.PostJsonAsync($"/api/v1/runs/{finished}/extend", """{ "epochs": 9 }"""), "queuedRuns", value: 2, use: 2);
        // The limit is that of the owner, whoever asks.
        IsReached(await admin.SendAsync("POST", $"/api/v1/runs/{failed}/retry"), "queuedRuns", value: 2, use: 2);
        Assert.Equal(
            ["failed", "paused", "queued", "queued", "succeeded"],
            (await ann.GetJsonAsync("/api/v1/runs")).Body!["items"]!.AsArray().Select(run => run!["state"]!.GetValue<string>()).Order(StringComparer.Ordinal));

        // What is stored already, and what a state does not allow, is answered as ever.
        Assert.Equal(HttpStatusCode.OK, (await ann.PostJsonAsync("/api/v1/runs", Api.Xor, "key")).Status);
        Api.IsProblem(await ann.SendAsync("POST", $"/api/v1/runs/{finished}/resume"), HttpStatusCode.Conflict, "wrong-state");
        await bob.SubmitAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await ann.SendAsync("POST", $"/api/v1/runs/{first!["id"]}/cancel")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await ann.SendAsync("POST", $"/api/v1/runs/{paused}/resume")).Status);
    }

    [Fact]
    public async Task QueuedRuns_ManyAtOnce_NeverExceedTheLimit()
    {
        await using var app = await TestApp.StartAsync(server, settings: [("Access:Limits:QueuedRuns", "5")]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.Http.PostJsonAsync("/api/v1/runs", Api.Xor)));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task StoredBytes_AtTheLimit_AllowNoMoreRunsUntilSomeAreDeleted()
    {
        await using var app = await AccessApp.StartAsync(server, ("Access:Limits:StoredBytes", "1000"));
        using var ann = await app.SignInAsync("ann", AccessScope.Submit);
        using var bob = await app.SignInAsync("bob", AccessScope.Submit);
        var run = await ann.SubmitAsync();
        await app.SetStateAsync(run, "succeeded");
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set stored_bytes = 1500 where id = '{run}'");

        IsReached(await ann.PostJsonAsync("/api/v1/runs", Api.Xor), "storedBytes", value: 1000, use: 1500);
        using var admin = await app.SignInAsync("admin", AccessScope.Admin);
        var tokens = (await admin.GetJsonAsync("/api/v1/tokens")).Body!["items"]!.AsArray();
        Assert.Equal(
            """{"queuedRuns":0,"runningRuns":0,"storedBytes":1500}""", tokens.Single(token => token!["name"]!.GetValue<string>() == "ann")!["use"]!.ToJsonString());
        await bob.SubmitAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await ann.SendAsync("DELETE", $"/api/v1/runs/{run}")).Status);
        await ann.SubmitAsync();
    }

    private static void IsReached(
        (HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response) answer, string limit, long value, long use)
    {
        Api.IsProblem(answer, HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal((limit, value, use), (answer.Body!["limit"]!.GetValue<string>(), answer.Body["value"]!.GetValue<long>(), answer.Body["use"]!.GetValue<long>()));
        Assert.InRange(answer.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(answer.Response.Headers.RetryAfter.Delta.Value.TotalSeconds, answer.Body["retryAfterSeconds"]!.GetValue<int>());
    }
}
