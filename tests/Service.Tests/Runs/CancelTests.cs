using System.Net;
using System.Text.Json.Nodes;
using Npgsql;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class CancelTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("queued")]
    [InlineData("paused")]
    public async Task Cancel_WaitingRun_IsCancelledAtOnce(string state)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await SetAsync(app, id, $"state = '{state}'");

        var (status, run) = await CancelAsync(app, id);

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("cancelled", run!["state"]!.GetValue<string>());
        Assert.NotNull(run["finishedAt"]);
        var (_, events, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events?after=1");
        Assert.Equal("cancelled", Assert.Single(events!["items"]!.AsArray())!["event"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cancel_Again_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        var (_, first) = await CancelAsync(app, id);

        var (status, second) = await CancelAsync(app, id);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
    }

    [Theory]
    [InlineData("running")]
    [InlineData("pausing")]
    public async Task Cancel_HeldRun_NotifiesItsWorker(string state)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await SetAsync(app, id, $"state = '{state}', worker = 'w', lease_expires_at = now() + interval '1 hour', attempt = 1");
        await using var listener = await app.DataSource.OpenConnectionAsync(Cancellation);
        string? received = null;
        listener.Notification += (_, note) => received = note.Payload;
        await using (var listen = new NpgsqlCommand("listen trainyard_runs", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancellation);
        }

        var (first, run) = await CancelAsync(app, id);
        var (second, _) = await CancelAsync(app, id);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first, second));
        Assert.Equal(state, run!["state"]!.GetValue<string>());
        Assert.True(run["cancelRequested"]!.GetValue<bool>());
        Assert.Equal(1, run["lastSeq"]!.GetValue<long>());
        await listener.WaitAsync(Waiting.Soon, Cancellation);
        Assert.Equal($"{id}:1", received);
    }

    [Theory]
    [InlineData("succeeded", "state = 'succeeded', finished_at = now()")]
    [InlineData("failed", "state = 'failed', finished_at = now(), failure_class = 'diverged'")]
    public async Task Cancel_EndedRun_IsConflict(string state, string change)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        await SetAsync(app, id, change);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/runs/{id}/cancel");

        var answer = await app.Http.AskAsync(request);

        Api.IsProblem(answer, HttpStatusCode.Conflict, "wrong-state");
        Assert.Equal(state, answer.Body!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cancel_UnknownRun_IsNotFound()
    {
        await using var app = await TestApp.StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/runs/{Guid.CreateVersion7()}/cancel");

        Api.IsProblem(await app.Http.AskAsync(request), HttpStatusCode.NotFound, "unknown-run");
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Run)> CancelAsync(TestApp app, Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/runs/{id}/cancel");
        var (status, body, _) = await app.Http.AskAsync(request);
        return (status, body);
    }

    private static async Task SetAsync(TestApp app, Guid id, string change)
    {
        await using var command = app.DataSource.CreateCommand($"update runs set {change} where id = '{id}'");
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
