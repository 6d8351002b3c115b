using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Store;

[Trait("Needs", "database")]
public sealed class EventLogTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_EventsOfAnEpoch_MovesProgressAndMetrics()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await HeldRunAsync(app);

        var last = await AppendAsync(app, id, 1, Progress(2, 30), Epoch(1, 0.9, 0.5), Epoch(2, 0.7, 0.8), Epoch(3, 0.8, 0.8));

        Assert.Equal(5, last);
        var run = await RunAsync(app, id);
        Assert.Equal((3, 30), (run["epoch"]!.GetValue<int>(), run["step"]!.GetValue<int>()));
        Assert.Equal(0.5, run["progress"]!.GetValue<double>());
        Assert.Equal(0.8, run["validationLoss"]!.GetValue<double>());
        Assert.Equal(0.8, run["bestValidationAccuracy"]!.GetValue<double>());
        Assert.Equal(2, run["bestEpoch"]!.GetValue<int>());
        Assert.Equal(1.5, run["remainingSeconds"]!.GetValue<double>());
        var (_, metrics, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/metrics");
        Assert.Equal(MetricNames.All, metrics!["series"]!.AsArray().Select(series => series!["metric"]!.GetValue<string>()));
        Assert.Equal([0.9, 0.7, 0.8], metrics["series"]![2]!["points"]!.AsArray().Select(point => point!["value"]!.GetValue<double>()));
        Assert.Equal("2 0.7", await BestAsync(app, id, "validation_loss"));
        Assert.Equal("", await BestAsync(app, id, "learning_rate"));
    }

    [Fact]
    public async Task Append_EpochRepeatedByALaterAttempt_ReplacesItEvenInTheBest()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await HeldRunAsync(app);
        await AppendAsync(app, id, 1, Epoch(1, 0.9, 0.5), Epoch(2, 0.1, 0.9));

        await AppendAsync(app, id, 1, Epoch(2, 0.8, 0.6));

        var run = await RunAsync(app, id);
        Assert.Equal((0.6, 2), (run["bestValidationAccuracy"]!.GetValue<double>(), run["bestEpoch"]!.GetValue<int>()));
        Assert.Equal("2 0.8", await BestAsync(app, id, "validation_loss"));
        var (_, metrics, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/metrics");
        Assert.Equal(2, metrics!["series"]![0]!["points"]!.AsArray().Count);
    }

    [Fact]
    public async Task Append_ValueNotFinite_IsAPointWithoutValueAndNeverTheBest()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await HeldRunAsync(app);

        await AppendAsync(app, id, 1, Epoch(1, null, 0.5));
        Assert.Equal("", await BestAsync(app, id, "validation_loss"));
        await AppendAsync(app, id, 1, Epoch(2, 0.4, 0.5), Epoch(3, null, 0.5));

        Assert.Equal("2 0.4", await BestAsync(app, id, "validation_loss"));
        Assert.Null((await RunAsync(app, id))["validationLoss"]);
    }

    [Fact]
    public async Task TryAppend_AttemptThatLostTheRun_WritesNothing()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await HeldRunAsync(app);

        Assert.Null(await AppendAsync(app, id, 2, Progress(1, 1)));
        await using var end = app.DataSource.CreateCommand($"update runs set state = 'cancelled', finished_at = now(), worker = null, lease_expires_at = null where id = '{id}'");
        await end.ExecuteNonQueryAsync(Cancellation);
        Assert.Null(await AppendAsync(app, id, 1, Progress(1, 1)));

        Assert.Single((await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Append_ManyWritersAtOnce_LeavesNoGapInSeq()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await HeldRunAsync(app);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await AppendAsync(app, id, 1, Progress(1, i), NoticeEvent.From(RunMessageCode.SlowBfloat16));
                }
            },
            Cancellation)));

        var (_, events, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events?limit=1000");
        Assert.Equal(Enumerable.Range(1, 161), events!["items"]!.AsArray().Select(entry => entry!["seq"]!.GetValue<int>()));
        Assert.Equal(161, (await RunAsync(app, id))["lastSeq"]!.GetValue<int>());
    }

    [Fact]
    public async Task Events_PageByPage_AreTheWholeHistory()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await HeldRunAsync(app);
        await AppendAsync(app, id, 1, [.. Enumerable.Range(1, 9).Select(step => Progress(1, step))]);

        List<int> seen = [];
        for (string? after = "0"; after is not null;)
        {
            var (_, page, _) = await app.Http.GetJsonAsync($"/api/v1/runs/{id}/events?after={after}&limit=4");
            seen.AddRange(page!["items"]!.AsArray().Select(entry => entry!["seq"]!.GetValue<int>()));
            after = page["next"]?.GetValue<string>();
        }

        Assert.Equal(Enumerable.Range(1, 10), seen);
    }

    private static async Task<Guid> HeldRunAsync(TestApp app)
    {
        var id = await app.Http.SubmitAsync();
        await using var command = app.DataSource.CreateCommand(
            $"update runs set state = 'running', worker = 'w', lease_expires_at = now() + interval '1 hour', attempt = 1 where id = '{id}'");
        await command.ExecuteNonQueryAsync(Cancellation);
        return id;
    }

    // A server that crashed before it wrote anything of a transaction gives the transaction's id to another one, or to none yet.
    [Theory]
    [InlineData("pg_current_xact_id()")] // of another transaction, which commits
    [InlineData("(pg_current_xact_id()::text::numeric + 1000000)::text::xid8")] // not given yet
    public async Task WasCommitted_LostTransactionWhoseIdIsUsedAgain_IsFalse(string transactionId)
    {
        await using var app = await TestApp.StartAsync(server);
        var claim = new RunClaim { RunId = await HeldRunAsync(app), Attempt = 1, Worker = "w", Spec = "", SentAt = 0 };
        var stored = (await AppendAsync(app, claim.RunId, 1, Progress(1, 1)))!.Value;
        var other = (string)(await TestRuns.ScalarAsync(app.DataSource, $"select ({transactionId})::text"))!;
        await using var connection = await app.DataSource.OpenConnectionAsync(Cancellation);

        Assert.True(await WasCommittedAsync(stored));
        Assert.False(await WasCommittedAsync(stored + 1));

        // What somebody else stored in its place.
        await TestRuns.ExecuteAsync(
            app.DataSource, $"insert into run_events (run_id, seq, attempt, at, type, data) select run_id, {stored + 1}, 1, at, type, data from run_events where run_id = '{claim.RunId}' and type = 'state'");
        Assert.False(await WasCommittedAsync(stored + 1));

        Task<bool> WasCommittedAsync(long lastSeq) => RunEventWriter.WasCommittedAsync(
            connection, claim, new AppendedEvents(lastSeq, RunState.Running, CancelRequested: false, other, default, default), Cancellation);
    }

    // The clock stands still, so a pause would last for ever.
    [Fact]
    public async Task Writer_Complete_StoresTheRestWithoutAPause()
    {
        await using var app = await TestApp.StartAsync(server);
        var claim = new RunClaim { RunId = await HeldRunAsync(app), Attempt = 1, Worker = "w", Spec = "", SentAt = 0 };
        var (clock, options) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), new QueueOptions());
        var lease = new LeaseKeeper(app.Services.GetRequiredService<RunQueue>(), app.Services.GetRequiredService<NotificationListener>(), claim, options, clock, NullLogger.Instance);
        var writer = new RunEventWriter(app.DataSource, claim, lease, options, clock, NullLogger.Instance);
        var storing = writer.RunAsync(Cancellation);

        await writer.AddAsync(clock.GetUtcNow(), Progress(1, 1), Cancellation);
        await TestRuns.WaitForEventsAsync(app.DataSource, claim.RunId, "progress", 1, Waiting.Soon);
        await writer.AddAsync(clock.GetUtcNow(), Progress(1, 2), Cancellation);
        writer.Complete();

        Assert.True(await storing.WaitAsync(Waiting.Soon, Cancellation));
        await TestRuns.WaitForEventsAsync(app.DataSource, claim.RunId, "progress", 2, Waiting.Soon);
    }

    private static async Task<long?> AppendAsync(TestApp app, Guid id, int attempt, params RunEvent[] events)
    {
        await using var connection = await app.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var now = TimeProvider.System.GetUtcNow();
        var last = await EventLog.TryAppendAsync(connection, transaction, id, attempt, TimeSpan.FromHours(1), [.. events.Select(next => (now, next))], TimeProvider.System, Cancellation);
        await transaction.CommitAsync(Cancellation);
        return last?.LastSeq;
    }

    private static async Task<JsonNode> RunAsync(TestApp app, Guid id) =>
        (await app.Http.GetFromJsonAsync<JsonNode>($"/api/v1/runs/{id}", Cancellation))!;

    // "epoch value" of the best value of a metric.
    private static async Task<string> BestAsync(TestApp app, Guid id, string metric)
    {
        await using var command = app.DataSource.CreateCommand($"select concat_ws(' ', best_epoch, best) from metric_summaries where run_id = '{id}' and metric = '{metric}'");
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static ProgressEvent Progress(int epoch, long step) => new()
    {
        Epoch = epoch, Step = step, TotalSteps = 60, TrainLoss = 1, TrainAccuracy = 0.5, ImagesPerSecond = 100, ElapsedSeconds = 1, RemainingSeconds = 1.5,
    };

    private static EpochEvent Epoch(int epoch, double? validationLoss, double validationAccuracy) => new()
    {
        Epoch = epoch, Step = epoch * 10, TrainLoss = 1.0 / epoch, TrainAccuracy = 0.5, ValidationLoss = validationLoss, ValidationAccuracy = validationAccuracy,
        LearningRate = 0.1, ImagesPerSecond = 100, Seconds = 1, ElapsedSeconds = epoch,
    };
}
