using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Live;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.Studies;

namespace Trainyard.Service.Tests.Live;

[Trait("Needs", "database")]
public sealed class RunsHubTests(DatabaseServer server)
{
    // Milliseconds until a test without progress fails.
    private const int TimeoutMilliseconds = 180_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribe_RunIsUnderWay_ReplaysThenStreamsToTheEnd()
    {
        await using var app = await StartAsync("all");
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100 delay=10");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 10, Waiting.Soon);
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);

        var seqs = await client.SeqsAsync(run, 0, Cancellation).ToListAsync(Cancellation);

        await AssertCompleteAsync(app, run, seqs);
        Assert.Equal("succeeded", await TestRuns.ScalarAsync(app.DataSource, "select state from runs"));
    }

    [Fact]
    public async Task Subscribe_UnknownRun_ReturnsTheError()
    {
        await using var app = await StartAsync("api");
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
        var unknown = Guid.CreateVersion7();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await client.SeqsAsync(unknown, 0, Cancellation).ToListAsync(Cancellation));

        Assert.Contains($"Run {unknown} does not exist.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_ConnectionBreaksAgainAndAgain_ClientHasEveryEventOnce()
    {
        await using var app = await StartAsync("all");
        var run = await TestRuns.AddAsync(app.DataSource, "steps=300 delay=10");
        List<long> seqs = [];
        var connections = 0;
        for (var ended = false; !ended;)
        {
            using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
            connections++;
            var taken = 0;
            ended = true;
            await foreach (var seq in client.SeqsAsync(run, seqs.LastOrDefault(), Cancellation))
            {
                seqs.Add(seq);
                if (++taken == 40)
                {
                    client.Abort();
                    ended = false;
                    break;
                }
            }
        }

        Assert.InRange(connections, 5, 100);
        await AssertCompleteAsync(app, run, seqs);
    }

    [Fact]
    public async Task Subscribe_ServiceRestarts_ClientHasEveryEventOnce()
    {
        var data = Directory.CreateTempSubdirectory("trainyard-restart-");
        try
        {
            var first = await StartAsync("all", dataDir: data.FullName);
            var run = await TestRuns.AddAsync(first.DataSource, "steps=400 delay=20");
            List<long> seqs = [];
            using (var client = await HubClient.ConnectAsync(first.Address, Cancellation))
            {
                Task? stopping = null;
                await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
                {
                    await foreach (var seq in client.SeqsAsync(run, 0, Cancellation))
                    {
                        seqs.Add(seq);
                        stopping ??= seqs.Count > 20 ? first.DisposeAsync().AsTask() : null;
                    }
                });
                await stopping!;
            }

            await using var second = await StartAsync("all", first.ConnectionString, data.FullName);
            using var again = await HubClient.ConnectAsync(second.Address, Cancellation);
            await foreach (var seq in again.SeqsAsync(run, seqs[^1], Cancellation))
            {
                seqs.Add(seq);
            }

            await AssertCompleteAsync(second, run, seqs);
            Assert.Equal("succeeded 2", await TestRuns.ScalarAsync(second.DataSource, "select state || ' ' || attempt from runs"));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Subscribe_TwoApiProcessesAndAWorker_BothSeeTheRun()
    {
        await using var one = await StartAsync("api");
        await using var two = await StartAsync("api", one.ConnectionString);
        await using var worker = await StartAsync("worker", one.ConnectionString);
        var run = await TestRuns.AddAsync(one.DataSource, "steps=50 delay=20");

        using var first = await HubClient.ConnectAsync(one.Address, Cancellation);
        using var second = await HubClient.ConnectAsync(two.Address, Cancellation);
        var seen = await Task.WhenAll(
            first.SeqsAsync(run, 0, Cancellation).ToListAsync(Cancellation).AsTask(),
            second.SeqsAsync(run, 0, Cancellation).ToListAsync(Cancellation).AsTask());

        await AssertCompleteAsync(one, run, seen[0]);
        await AssertCompleteAsync(one, run, seen[1]);
    }

    [Fact]
    public async Task Subscribe_NotificationIsLost_StreamPolls()
    {
        await using var app = await StartAsync("api");
        var run = await TestRuns.AddAsync(app.DataSource);
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
        await using var stream = client.SeqsAsync(run, 0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await stream.MoveNextAsync());

        // As if the notification had been lost.
        await TestRuns.ExecuteAsync(
            app.DataSource,
            """
            with run as (update runs set last_seq = last_seq + 1 returning id, last_seq)
            insert into run_events select id, last_seq, 0, now(), 'notice', '{"type":"notice","code":"out_of_memory","arguments":{"detail":"missed"},"message":"missed"}' from run
            """);

        Assert.True(await stream.MoveNextAsync().AsTask().WaitAsync(Waiting.Soon, Cancellation));
        Assert.Equal(2, stream.Current);
    }

    [Fact]
    public async Task Subscribe_ListeningConnectionIsKilled_EveryEventArrivesOnce()
    {
        await using var app = await StartAsync("all");
        var run = await TestRuns.AddAsync(app.DataSource, "steps=500 delay=10");
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
        List<long> seqs = [];
        await foreach (var seq in client.SeqsAsync(run, 0, Cancellation))
        {
            seqs.Add(seq);
            if (seqs.Count % 50 == 10)
            {
                await TestRuns.ExecuteAsync(
                    app.DataSource, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'");
            }
        }

        await AssertCompleteAsync(app, run, seqs);
    }

    [Fact]
    public async Task Subscribe_HundredWatchers_ShareTheReadsOfTheStore()
    {
        await using var app = await StartAsync("all");
        var run = await TestRuns.AddAsync(app.DataSource, "steps=200 delay=10");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);
        var feed = app.Services.GetRequiredService<RunEventFeed>();
        await using var keeper = feed.StreamAsync(run, 0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await keeper.MoveNextAsync());
        var at = keeper.Current[^1].Seq;
        var before = feed.StoreReads;
        var began = TimeProvider.System.GetTimestamp();

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var count = 0;
            await foreach (var batch in feed.StreamAsync(run, at, Cancellation))
            {
                count += batch.Length;
            }

            return count;
        }));

        var last = (long)(await TestRuns.ScalarAsync(app.DataSource, "select last_seq from runs"))!;
        Assert.All(counts, count => Assert.Equal(last - at, count));

        // Notifications are at least 100 ms apart, and each is read once for all watchers; a hundred readers would read a hundred times as often.
        // Each of them ends with a read of its own.
        Assert.InRange(feed.StoreReads - before, 1, (TimeProvider.System.GetElapsedTime(began).TotalSeconds * 20) + 40 + counts.Length);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task WatchRunChanges_RunsChange_NewestSummariesArriveAtMostFourTimesASecond()
    {
        await using var app = await StartAsync("all");
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
        await using var stream = client.StreamAsync("WatchRunChanges", [], Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await stream.MoveNextAsync());
        Assert.Empty(stream.Current["changed"]!.AsArray());
        var began = TimeProvider.System.GetTimestamp();

        var run = await TestRuns.AddAsync(app.DataSource, "steps=300 delay=10");
        JsonNode? newest = null;
        var batches = 0;
        while ((string?)newest?["state"] != "succeeded")
        {
            Assert.True(await stream.MoveNextAsync());
            newest = stream.Current["changed"]!.AsArray().SingleOrDefault(summary => (Guid)summary!["id"]! == run) ?? newest;
            batches++;
        }

        Assert.Equal(300, (long)newest!["step"]!);
        Assert.InRange(batches, 3, (TimeProvider.System.GetElapsedTime(began).TotalSeconds * 4) + 2);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task WatchRunChanges_RunIsDeletedAtAnotherProcess_EverySubscriberIsNotified()
    {
        await using var one = await StartAsync("api");
        await WaitForListenerAsync(one, "-infinity");
        var began = await TestRuns.ScalarAsync(one.DataSource, "select now()::text");
        await using var two = await StartAsync("api", one.ConnectionString);
        await WaitForListenerAsync(two, $"{began}");
        var gone = await TestRuns.AddAsync(one.DataSource);
        await TestRuns.ExecuteAsync(one.DataSource, "update runs set state = 'cancelled', finished_at = now()");
        using var near = await HubClient.ConnectAsync(one.Address, Cancellation);
        using var far = await HubClient.ConnectAsync(two.Address, Cancellation);
        await using var nearby = near.StreamAsync("WatchRunChanges", [], Cancellation).GetAsyncEnumerator(Cancellation);
        await using var away = far.StreamAsync("WatchRunChanges", [], Cancellation).GetAsyncEnumerator(Cancellation);
        foreach (var stream in (IAsyncEnumerator<JsonNode>[])[nearby, away])
        {
            Assert.True(await stream.MoveNextAsync());
            Assert.Equal("""{"changed":[],"deleted":[],"studies":[],"missed":false}""", stream.Current.ToJsonString());
        }

        var answer = await one.Http.DeleteAsync($"/api/v1/runs/{gone}", Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
        foreach (var stream in (IAsyncEnumerator<JsonNode>[])[nearby, away])
        {
            // Earlier changes of the run may arrive first, but not with its deletion or after it.
            do
            {
                Assert.True(await stream.MoveNextAsync());
            }
            while (stream.Current["deleted"]!.AsArray().Count == 0);

            Assert.Equal(gone, (Guid)Assert.Single(stream.Current["deleted"]!.AsArray())!);
            Assert.DoesNotContain(stream.Current["changed"]!.AsArray(), summary => (Guid)summary!["id"]! == gone);
        }
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task WatchRunChanges_ListeningConnectionIsKilled_ReportsThatChangesMayBeMissed()
    {
        await using var app = await StartAsync("api");
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
        await using var stream = client.StreamAsync("WatchRunChanges", [], Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await stream.MoveNextAsync());
        await WaitForListenerAsync(app, "-infinity");

        await TestRuns.ExecuteAsync(
            app.DataSource, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'");

        do
        {
            Assert.True(await stream.MoveNextAsync());
        }
        while (!(bool)stream.Current["missed"]!);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task WatchRunChanges_StudyIsSubmittedEndsAndIsDeleted_ReportsItAfterEachChange()
    {
        await using var app = await StartAsync("api");
        using var client = await HubClient.ConnectAsync(app.Address, Cancellation);
        await using var stream = client.StreamAsync("WatchRunChanges", [], Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await stream.MoveNextAsync());

        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 1));
        await WaitAsync("exists (select from trials where state = 'running')");
        await app.EndRunAsync(Assert.Single(await app.RunsAsync(study)).Id);
        await WaitAsync("exists (select from studies where state <> 'running')");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Http.DoStudyAsync(study, "delete")).Status);
        await WaitAsync("not exists (select from studies)");

        // Until the study was reported after the change.
        async Task WaitAsync(string change)
        {
            bool isThere;
            do
            {
                Assert.True(await stream.MoveNextAsync());
                isThere = stream.Current["studies"]!.AsArray().Any(id => (Guid)id! == study) && (bool)(await TestRuns.ScalarAsync(app.DataSource, $"select {change}"))!;
            }
            while (!isThere);
        }
    }

    [Fact]
    public async Task Events_ServerSent_GoOnAfterTheLastEventId()
    {
        await using var app = await StartAsync("all");
        var run = await TestRuns.AddAsync(app.DataSource, "steps=50 delay=10");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", "3");

        using var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var seqs = text.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => long.Parse(line[4..])).ToList();
        await AssertCompleteAsync(app, run, [1, 2, 3, .. seqs]);
        Assert.Contains("\"state\":\"succeeded\"", text, StringComparison.Ordinal);
        Assert.EndsWith("event: end\ndata: \n\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("succeeded", 0, HttpStatusCode.NoContent)]
    [InlineData("succeeded", 7, HttpStatusCode.NoContent)]
    [InlineData("succeeded", -1, HttpStatusCode.OK)]
    [InlineData("paused", 0, HttpStatusCode.OK)]
    public async Task Events_ServerSentAfterTheLastOne_HaveNoContentWhenTheRunEnded(string state, int beyond, HttpStatusCode expected)
    {
        await using var app = await StartAsync("api");
        var run = await TestRuns.AddAsync(app.DataSource);
        await TestRuns.ExecuteAsync(app.DataSource, $"update runs set state = '{state}', finished_at = case when '{state}' = 'succeeded' then now() end");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events?after={1 + beyond}");
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    // A service listens soon after it has started, not before.
    private static Task WaitForListenerAsync(TestApp app, string since) => Waiting.UntilAsync(
        async () => await TestRuns.ScalarAsync(
            app.DataSource,
            $"select true from pg_stat_activity where datname = current_database() and query like 'listen %' and state = 'idle' and backend_start > '{since}' limit 1") is true,
        "the service listens");

    private Task<TestApp> StartAsync(string role, string? connectionString = null, string? dataDir = null) => TestApp.StartAsync(
        server,
        role,
        [("Trainer:Path", Repository.FaultyTrainer), ("Queue:PollSeconds", "0.2"), ("Worker:StopGraceSeconds", "5")],
        connectionString,
        dataDir);

    private static async Task AssertCompleteAsync(TestApp app, Guid run, List<long> seqs)
    {
        var last = (long)(await TestRuns.ScalarAsync(app.DataSource, $"select last_seq from runs where id = '{run}'"))!;
        Assert.Equal(Enumerable.Range(1, (int)last).Select(seq => (long)seq), seqs);
    }
}
