using Npgsql;
using Trainyard.Service.Workers;

namespace Trainyard.Service.Tests.Queue;

/// <summary>Dispatch of runs to workers, with real trainers and a real PostgreSQL.</summary>
[Trait("Needs", "database")]
public sealed class DispatchTests(DatabaseServer server) : IAsyncLifetime
{
    private readonly List<TestApp> workers = [];
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("trainyard-dispatch-");
    private string connectionString = null!;
    private NpgsqlDataSource dataSource = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connectionString = await server.CreateDatabaseAsync();
        dataSource = NpgsqlDataSource.Create(connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        await dataSource.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Dispatch_RunIsQueued_NotificationStartsIt()
    {
        // A poll would come too late.
        await StartWorkerAsync(("Queue:PollSeconds", "60"));
        await WaitForWorkersAsync(1);

        var run = await TestRuns.AddAsync(dataSource);
        await TestRuns.WaitForEventsAsync(dataSource, run, "state", 2, TimeSpan.FromSeconds(45));

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
        await TestRuns.AssertNoGapsAsync(dataSource, run);
    }

    [Fact]
    public async Task Dispatch_RunWasQueuedBeforeAnyWorkerStarted_IsTrained()
    {
        var run = await TestRuns.AddAsync(dataSource, notify: false);

        await StartWorkerAsync();

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
    }

    [Fact]
    public async Task Dispatch_FortyRunsThreeWorkers_EachRunIsTrainedOnce()
    {
        await Task.WhenAll(StartWorkerAsync(), StartWorkerAsync(), StartWorkerAsync());
        await WaitForWorkersAsync(3);
        List<Guid> runs = [];
        for (var i = 0; i < 40; i++)
        {
            runs.Add(await TestRuns.AddAsync(dataSource));
        }

        foreach (var run in runs)
        {
            await TestRuns.WaitAsync(dataSource, run, 2 * Waiting.Soon, "succeeded");
        }

        Assert.Equal(40L, await TestRuns.ScalarAsync(dataSource, "select count(*) from attempts"));
        Assert.Equal(40L, await TestRuns.ScalarAsync(dataSource, "select count(*) from run_events where type = 'started'"));
        Assert.Equal(40L, await TestRuns.ScalarAsync(dataSource, "select count(*) from run_events where type = 'finished'"));
        Assert.Equal(3L, await TestRuns.ScalarAsync(dataSource, "select count(distinct worker) from attempts"));
    }

    [Fact]
    public async Task Dispatch_TwoQueues_WorkerTakesOnlyItsOwn()
    {
        await StartWorkerAsync(("Worker:Queues", "cuda"));
        var cpu = await TestRuns.AddAsync(dataSource);
        var cuda = await TestRuns.AddAsync(dataSource, queue: "cuda");

        await TestRuns.WaitAsync(dataSource, cuda, Waiting.Soon, "succeeded");
        Assert.Equal("queued", await TestRuns.ScalarAsync(dataSource, $"select state from runs where id = '{cpu}'"));

        await StartWorkerAsync(("Worker:Queues", "cuda,cpu"));
        await TestRuns.WaitAsync(dataSource, cpu, Waiting.Soon, "succeeded");
    }

    [Fact]
    public async Task Dispatch_TwoSlots_NeverTrainsMoreAtOnce()
    {
        await StartWorkerAsync(("Worker:Slots", "2"));
        List<Guid> runs = [];
        for (var i = 0; i < 6; i++)
        {
            runs.Add(await TestRuns.AddAsync(dataSource, epochs: 20));
        }

        foreach (var run in runs)
        {
            await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
        }

        // For each start, the attempts that were under way then.
        Assert.Equal(2L, await TestRuns.ScalarAsync(
            dataSource,
            "select max(n) from (select (select count(*) from attempts b where b.started_at <= a.started_at and b.ended_at > a.started_at) n from attempts a) x"));
    }

    [Fact]
    public async Task Dispatch_NotificationIsLost_PollFindsTheRun()
    {
        await StartWorkerAsync();
        await WaitForWorkersAsync(1);

        var run = await TestRuns.AddAsync(dataSource, notify: false);

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
    }

    [Fact]
    public async Task Dispatch_RunInBackoff_StartsWhenItIsDue()
    {
        await StartWorkerAsync();
        var run = await TestRuns.AddAsync(dataSource, notify: false);
        await TestRuns.ExecuteAsync(dataSource, "update runs set not_before = now() + interval '2 seconds' where state = 'queued'");

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");

        Assert.True((bool)(await TestRuns.ScalarAsync(dataSource, "select started_at >= not_before or not_before = '-infinity' from runs"))!);
    }

    [Fact]
    public async Task Dispatch_RunIsCancelledWhileQueued_NeverStarts()
    {
        await StartWorkerAsync();
        var busy = await TestRuns.AddAsync(dataSource, epochs: 200, trainSamples: 1000);
        await TestRuns.WaitAsync(dataSource, busy, Waiting.Soon, "running");
        var cancelled = await TestRuns.AddAsync(dataSource);
        var last = await TestRuns.AddAsync(dataSource);

        // As the API cancels a queued run.
        await TestRuns.ExecuteAsync(dataSource, $"update runs set state = 'cancelled', finished_at = now() where id = '{cancelled}' and state = 'queued'");

        await TestRuns.WaitAsync(dataSource, last, Waiting.Soon, "succeeded");
        Assert.Equal(0L, await TestRuns.ScalarAsync(dataSource, $"select count(*) from attempts where run_id = '{cancelled}'"));
    }

    [Fact]
    public async Task Dispatch_WorkerShutsDown_RunIsRequeuedAndAnotherWorkerContinues()
    {
        var first = await StartWorkerAsync();
        var run = await TestRuns.AddAsync(dataSource, epochs: 10_000, trainSamples: 1000);
        await TestRuns.WaitForEventsAsync(dataSource, run, "epoch", 3, Waiting.Soon);

        workers.Remove(first);
        await first.DisposeAsync();

        Assert.Equal("queued", await TestRuns.ScalarAsync(dataSource, "select state from runs"));
        Assert.Equal("shutdown 0", await TestRuns.ScalarAsync(dataSource, "select outcome || ' ' || failed_attempts from attempts join runs on id = run_id"));
        await StartWorkerAsync();
        await TestRuns.WaitForEventsAsync(dataSource, run, "started", 2, Waiting.Soon);
        await TestRuns.WaitForEventsAsync(dataSource, run, "notice", 1, Waiting.Soon);  // It may be stored a moment after the start.
        Assert.Contains("Attempt 2 resumes from the checkpoint", await TestRuns.HistoryAsync(dataSource, run), StringComparison.Ordinal);
        await TestRuns.RequestAsync(dataSource, run, "cancel");
        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "cancelled");
        await TestRuns.AssertNoGapsAsync(dataSource, run);
    }

    [Fact]
    public async Task Dispatch_ManyNotifications_RunIsTrainedOnce()
    {
        await Task.WhenAll(StartWorkerAsync(), StartWorkerAsync());
        await WaitForWorkersAsync(2);

        var run = await TestRuns.AddAsync(dataSource);
        for (var i = 0; i < 50; i++)
        {
            await TestRuns.ExecuteAsync(dataSource, "select pg_notify('trainyard_queue', 'cpu')");
        }

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
        Assert.Equal(1L, await TestRuns.ScalarAsync(dataSource, "select count(*) from attempts"));
    }

    [Fact]
    public async Task Dispatch_StoppingWorkerReceivedTheJob_AnotherWorkerGetsANewOne()
    {
        Guid run;
        await using (await TestApp.StartAsync(server, "api", connectionString: connectionString))
        {
            run = await TestRuns.AddAsync(dataSource);
            await Waiting.UntilAsync(
                async () => (long)(await TestRuns.ScalarAsync(dataSource, "select count(*) from hangfire.jobqueue"))! == 1,
                Waiting.Soon,
                () => Task.FromResult("The run has no job."));
        }

        // As a worker leaves it that received the job while it was stopping: the job is done, and the run not claimed.
        await TestRuns.ExecuteAsync(dataSource, "delete from hangfire.jobqueue; update hangfire.job set statename = 'Succeeded'");

        await StartWorkerAsync();

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
        Assert.Equal(
            true,
            await TestRuns.ScalarAsync(
                dataSource, "select a.started_at < w.started_at + interval '15 seconds' from attempts a join workers w on w.id = a.worker"));
    }

    [Fact]
    public async Task Dispatch_ManyJobsOfDeletedRuns_DelayNoNewRun()
    {
        await using (var api = await TestApp.StartAsync(server, "api", connectionString: connectionString))
        {
            for (var i = 0; i < RunEnqueuer.MaxJobsPerQueue + 20; i++)
            {
                await TestRuns.AddAsync(dataSource);
            }

            await Waiting.UntilAsync(
                async () => (long)(await TestRuns.ScalarAsync(dataSource, "select count(*) from hangfire.jobqueue"))! == RunEnqueuer.MaxJobsPerQueue,
                Waiting.Soon,
                () => Task.FromResult("The runs have no jobs."));
        }

        await TestRuns.ExecuteAsync(dataSource, "delete from runs");
        var run = await TestRuns.AddAsync(dataSource);

        await StartWorkerAsync();

        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "succeeded");
        Assert.Equal(
            true,
            await TestRuns.ScalarAsync(dataSource, "select a.started_at < w.started_at + interval '15 seconds' from attempts a join workers w on w.id = a.worker"));

        // The first job that a slot took was a stale one, and it was used for the run.
        Assert.Equal(0L, await TestRuns.ScalarAsync(
            dataSource, $"select count(*) from hangfire.state s where s.name = 'Succeeded' and s.createdat < (select started_at from attempts where run_id = '{run}')"));
    }

    private async Task<TestApp> StartWorkerAsync(params (string Key, string Value)[] settings)
    {
        var worker = await TestApp.StartAsync(
            server,
            "worker",
            [
                ("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Queue:PollSeconds", "0.5"), .. settings,
            ],
            connectionString,
            data.FullName);
        lock (workers)
        {
            workers.Add(worker);
        }

        return worker;
    }

    private Task WaitForWorkersAsync(int count) => Waiting.UntilAsync(
        async () => (long)(await TestRuns.ScalarAsync(dataSource, "select count(*) from workers"))! == count,
        Waiting.Soon,
        () => Task.FromResult($"There are not {count} workers."));
}
