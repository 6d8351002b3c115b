using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trainyard.Service.Live;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class ActionTests(DatabaseServer server)
{
    // Action: state before, status, state after.
    private static readonly Dictionary<string, (string From, HttpStatusCode Status, string To)[]> Expected = new()
    {
        ["pause"] = [("running", HttpStatusCode.Accepted, "pausing"), ("pausing", HttpStatusCode.OK, "pausing"), ("paused", HttpStatusCode.OK, "paused")],
        ["resume"] = [("paused", HttpStatusCode.Accepted, "queued"), ("queued", HttpStatusCode.OK, "queued"), ("running", HttpStatusCode.OK, "running")],
        ["retry"] =
        [
            ("failed", HttpStatusCode.Accepted, "queued"), ("cancelled", HttpStatusCode.Accepted, "queued"),
            ("queued", HttpStatusCode.OK, "queued"), ("running", HttpStatusCode.OK, "running"),
        ],
        ["cancel"] =
        [
            ("queued", HttpStatusCode.Accepted, "cancelled"), ("paused", HttpStatusCode.Accepted, "cancelled"),
            ("running", HttpStatusCode.Accepted, "running"), ("pausing", HttpStatusCode.Accepted, "pausing"), ("cancelled", HttpStatusCode.OK, "cancelled"),
        ],
        ["delete"] =
        [
            ("paused", HttpStatusCode.NoContent, ""), ("succeeded", HttpStatusCode.NoContent, ""),
            ("failed", HttpStatusCode.NoContent, ""), ("cancelled", HttpStatusCode.NoContent, ""),
        ],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("cancel")]
    [InlineData("delete")]
    public async Task Action_InEveryState_MatchesTransitionTableAndAvailability(string action)
    {
        await using var app = await TestApp.StartAsync(server);
        foreach (var state in RunInState.States)
        {
            var id = await app.SubmitAsync(state);
            var (_, before, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
            var available = before!["actions"]![action]!;

            var answer = await app.DoAsync(id, action);

            var found = Expected[action].FirstOrDefault(item => item.From == state);
            if (found == default)
            {
                Api.IsProblem(answer, HttpStatusCode.Conflict, "wrong-state");
                Assert.Equal(state, answer.Body!["state"]!.GetValue<string>());
                Assert.DoesNotContain(state, answer.Body["allowed"]!.AsArray().Select(word => word!.GetValue<string>()));
                Assert.StartsWith(available["reason"]!.GetValue<string>(), answer.Body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.Equal("wrong_state", available["code"]!.GetValue<string>());
                Assert.Equal((action, state), (available["arguments"]!["action"]!.GetValue<string>(), available["arguments"]!["state"]!.GetValue<string>()));
                Assert.Equal(answer.Body["allowed"]!.ToJsonString(), available["arguments"]!["allowed"]!.ToJsonString());
                Assert.Equal(available["code"]!.ToJsonString(), answer.Body["code"]!.ToJsonString());
                Assert.Equal(available["arguments"]!.ToJsonString(), answer.Body["arguments"]!.ToJsonString());
                var (_, after, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
                Assert.Equal(before.ToJsonString(), after!.ToJsonString());
            }
            else
            {
                Assert.True(found.Status == answer.Status, $"{action} of a {state} run: {answer.Status}, {answer.Body}");
                Assert.Equal(found.To, answer.Body?["state"]!.GetValue<string>() ?? "");
            }

            // An action is enabled exactly if it changes something.
            var changes = answer.Status is HttpStatusCode.Accepted or HttpStatusCode.NoContent;
            Assert.True(changes == available["enabled"]!.GetValue<bool>(), $"{action} of a {state} run");
            Assert.Equal(changes, available["reason"] is null);
        }
    }

    [Theory]
    [InlineData("pause", "running")]
    [InlineData("resume", "paused")]
    [InlineData("retry", "failed")]
    [InlineData("retry", "cancelled")]
    public async Task Action_RequestedTwice_ChangesTheRunOnce(string action, string from)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync(from);

        var first = await app.DoAsync(id, action);
        var second = await app.DoAsync(id, action);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Body!.ToJsonString(), second.Body!.ToJsonString());
        var (state, reason) = Assert.Single(await app.StoryAsync(id));
        Assert.Equal(first.Body["state"]!.GetValue<string>(), state);
        Assert.EndsWith("by a user.", reason, StringComparison.Ordinal);
        await TestRuns.AssertNoGapsAsync(app.DataSource, id);
    }

    [Theory]
    [InlineData("resume", "paused")]
    [InlineData("retry", "failed")]
    [InlineData("retry", "cancelled")]
    public async Task Requeue_Run_HasACleanRecordAndIsAnnounced(string action, string from)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync(from);
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set not_before = now() + interval '1 day', remaining_seconds = 5 where id = '{id}'");
        await using var listener = await app.DataSource.OpenConnectionAsync(Cancellation);
        List<string> received = [];
        listener.Notification += (_, note) => received.Add($"{note.Channel} {note.Payload}");
        await using (var listen = new NpgsqlCommand("listen trainyard_runs; listen trainyard_queue", listener))
        {
            await listen.ExecuteNonQueryAsync(Cancellation);
        }

        var (_, run, _) = await app.DoAsync(id, action);

        Assert.Null(run!["failure"]);
        Assert.Null(run["finishedAt"]);
        Assert.Null(run["worker"]);
        Assert.False(run["cancelRequested"]!.GetValue<bool>());
        Assert.Equal(
            "0 -infinity",
            await TestRuns.ScalarAsync(app.DataSource, $"select failed_attempts || ' ' || not_before from runs where id = '{id}'"));
        while (received.Count < 2 && await listener.WaitAsync(Waiting.Soon, Cancellation))
        {
            // One notification at a time.
        }

        Assert.Equal(["trainyard_queue cpu", $"trainyard_runs {id}:2"], received.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("cancel")]
    [InlineData("delete")]
    public async Task Action_UnknownRun_IsNotFound(string action)
    {
        await using var app = await TestApp.StartAsync(server);

        Api.IsProblem(await app.DoAsync(Guid.CreateVersion7(), action), HttpStatusCode.NotFound, "unknown-run");
    }

    [Fact]
    public async Task Pause_RunThatIsBeingCancelled_IsRefused()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("running");
        await app.DoAsync(id, "cancel");

        var answer = await app.DoAsync(id, "pause");

        Api.IsProblem(answer, HttpStatusCode.Conflict, "wrong-state");
        Assert.Contains("being cancelled", answer.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var (_, run, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
        Assert.Equal("The run is being cancelled.", run!["actions"]!["cancel"]!["reason"]!.GetValue<string>());
        Assert.Equal("being_cancelled", run["actions"]!["cancel"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Delete_Run_RemovesItsRowsAndItsFolderOnly()
    {
        await using var app = await TestApp.StartAsync(server);
        var kept = await app.SubmitAsync("succeeded");
        var id = await app.SubmitAsync("succeeded");
        foreach (var run in (Guid[])[kept, id])
        {
            var checkpoints = Directory.CreateDirectory(Path.Combine(app.DataDir, "runs", run.ToString(), "checkpoints"));
            await File.WriteAllTextAsync(Path.Combine(checkpoints.FullName, "step-0000000001.safetensors"), "weights", Cancellation);
            await TestRuns.ExecuteAsync(
                app.DataSource,
                $"""
                insert into attempts values ('{run}', 1, 'w', now(), now(), 'succeeded');
                insert into metric_points values ('{run}', 'train_loss', 1, 1, 1, now());
                insert into metric_summaries values ('{run}', 'train_loss', 1, 1, 1);
                """);
        }

        var first = await app.DoAsync(id, "delete");
        var second = await app.DoAsync(id, "delete");

        Assert.Equal(HttpStatusCode.NoContent, first.Status);
        Api.IsProblem(second, HttpStatusCode.NotFound, "unknown-run");
        Assert.Equal([$"{kept}"], Directory.GetDirectories(Path.Combine(app.DataDir, "runs")).Select(folder => Path.GetFileName(folder)!));
        foreach (var table in (string[])["attempts", "run_events", "metric_points", "metric_summaries"])
        {
            Assert.Equal([$"{kept}"], await TestRuns.ColumnAsync(app.DataSource, $"select run_id from {table}"));
        }
    }

    [Fact]
    public async Task Delete_WatchedRun_EndsTheStream()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("paused");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{id}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Contains("\"queued\"", await stream.ReadLineAsync(Cancellation).AsTask().WaitAsync(Waiting.Soon, Cancellation), StringComparison.Ordinal);

        await app.DoAsync(id, "delete");

        Assert.Equal("id: 1\n\nevent: end\ndata:", (await stream.ReadToEndAsync(Cancellation).WaitAsync(Waiting.Soon, Cancellation)).Trim());
    }

    [Fact]
    public async Task Delete_WatcherLags_EndsItsStream()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("paused");
        const int events = 2 * RunEventFeed.BatchSize;
        await TestRuns.ExecuteAsync(
            app.DataSource,
            $"""
            insert into run_events
            select run_id, n, attempt, at, type, data from run_events, generate_series(2, {events}) as n where run_id = '{id}';
            update runs set last_seq = {events} where id = '{id}';
            """);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Waiting.Soon);
        await using var stream = app.Services.GetRequiredService<RunEventFeed>().StreamAsync(id, 0, patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(RunEventFeed.BatchSize, stream.Current.Length);

        await app.DoAsync(id, "delete");

        Assert.False(await stream.MoveNextAsync());
    }

    [Fact]
    public async Task Retry_WhileAStreamOfTheEndedRunIsOpen_NextStreamGoesOn()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("failed");
        var feed = app.Services.GetRequiredService<RunEventFeed>();

        // One watcher lags behind the end; another has seen it.
        await using var lagging = feed.StreamAsync(id, 0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await lagging.MoveNextAsync());
        await using (var ended = feed.StreamAsync(id, 1, Cancellation).GetAsyncEnumerator(Cancellation))
        {
            Assert.False(await ended.MoveNextAsync().AsTask().WaitAsync(Waiting.Soon, Cancellation));
        }

        await app.DoAsync(id, "retry");

        await using var next = feed.StreamAsync(id, 1, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await next.MoveNextAsync().AsTask().WaitAsync(Waiting.Soon, Cancellation));
        Assert.Equal(2, next.Current[0].Seq);

        // What went on is for the one that lagged too.
        Assert.True(await lagging.MoveNextAsync().AsTask().WaitAsync(Waiting.Soon, Cancellation));
        Assert.Equal(2, lagging.Current[0].Seq);
    }
}
