using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Workers;

/// <summary>Runs whose trainer misbehaves in ways that a sound trainer never does.</summary>
[Trait("Needs", "database")]
public sealed class FaultyTrainerTests(DatabaseServer server) : IAsyncLifetime
{
    private TestApp app = null!;

    public async ValueTask InitializeAsync() => app = await StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Train_SoundTrainer_StoresEveryEventOnceInOrder()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=300 delay=1");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");

        Assert.Equal(300L, await TestRuns.ScalarAsync(app.DataSource, "select count(distinct data->>'step') from run_events where type = 'progress'"));
        Assert.Equal(300L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from run_events where type = 'progress'"));
        Assert.Equal(["queued", "running", "succeeded"], await TestRuns.StatesAsync(app.DataSource, run));
        Assert.Equal("succeeded", await TestRuns.ScalarAsync(app.DataSource, "select outcome from attempts"));
        await TestRuns.AssertNoGapsAsync(app.DataSource, run);
    }

    [Theory]
    [InlineData("fault=garbage", "not an event: onednn_verbose")]
    [InlineData("fault=gap", "Expected seq 4, found 5")]
    [InlineData("fault=endless", "longer than 1048576 bytes")]
    [InlineData("fault=nothing", "exit code 0")]
    [InlineData("fault=crash", "native code went wrong here")]
    [InlineData("fault=nul", "could not be stored")]
    public Task Train_TrainerFailsOnce_RunIsRetriedWithTheReason(string fault, string reason) => TrainsAgainAsync(app, fault, reason);

    [Fact]
    public async Task Train_TrainerHangs_RunIsRetriedWithTheReason()
    {
        await using var strict = await StartAsync(("Worker:SilenceSeconds", "10"));
        await TrainsAgainAsync(strict, "fault=silence", "wrote no event for 10 s");
    }

    [Fact]
    public async Task Train_TrainerCrashesEveryTime_FailsAsCrashedAfterThreeAttempts()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=3 fault=crash forgetful");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "failed");

        Assert.Equal("crashed 3", await TestRuns.ScalarAsync(app.DataSource, "select failure_class || ' ' || attempt from runs"));
        Assert.Contains("signal 9", await TestRuns.FailureAsync(app.DataSource), StringComparison.Ordinal);
        Assert.Contains("starts from the beginning", await TestRuns.HistoryAsync(app.DataSource, run), StringComparison.Ordinal);
        Assert.Contains("native code went wrong here", await File.ReadAllTextAsync(Path.Combine(Folder(run), "trainer.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fault=diverge", "diverged", "The loss became NaN")]
    [InlineData("fault=refuse", "unsupported", "not to my taste")]
    public async Task Train_TrainerReportsAFailure_FailsAtOnce(string fault, string failure, string message)
    {
        var run = await TestRuns.AddAsync(app.DataSource, fault);

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "failed");

        Assert.Equal($"{failure} 1", await TestRuns.ScalarAsync(app.DataSource, "select failure_class || ' ' || attempt from runs"));
        Assert.Contains(message, await TestRuns.FailureAsync(app.DataSource), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TrainerUsesMoreMemoryThanItMay_FailsAtOnceAndSaysSo()
    {
        await using var small = await StartAsync(("Trainer:MemoryMegabytes", "300"));
        var run = await TestRuns.AddAsync(small.DataSource, "fault=memory");

        await TestRuns.WaitAsync(small.DataSource, run, Waiting.Soon, "failed");

        Assert.Equal("out_of_memory 1", await TestRuns.ScalarAsync(small.DataSource, "select failure_class || ' ' || attempt from runs"));
        Assert.Contains("more than the 0.29 GiB that its worker allows", await TestRuns.FailureAsync(small.DataSource), StringComparison.Ordinal);
        Assert.Equal(300L << 20, await TestRuns.ScalarAsync(small.DataSource, "select memory_bytes from workers"));
    }

    [Theory]
    [InlineData("fault=quit at=2")]
    [InlineData("fault=locked")]
    public async Task Train_EndsWithoutFailing_ContinuesWithoutCountingAFailure(string fault)
    {
        var run = await TestRuns.AddAsync(app.DataSource, $"steps=5 {fault} once");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");

        Assert.Equal("2 0", await TestRuns.ScalarAsync(app.DataSource, "select attempt || ' ' || failed_attempts from runs"));
    }

    [Fact]
    public Task Train_CancelRequested_TrainerStops() => StopsAsync(app, "steps=100000 delay=20", "\"cancelled\"");

    [Fact]
    public async Task Train_TrainerIgnoresTheCancel_IsKilled()
    {
        await using var strict = await StartAsync(("Worker:StopGraceSeconds", "1"));
        await StopsAsync(strict, "steps=100000 delay=20 fault=deaf at=1", "was killed");
    }

    [Fact]
    public async Task Train_PauseRequested_RunIsPaused()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100000 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);

        await TestRuns.RequestAsync(app.DataSource, run, "pause");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "paused");
        Assert.Contains("\"pause\"", await TestRuns.HistoryAsync(app.DataSource, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_NothingIsAppendedOrRenewed_ControlMessageCancels()
    {
        await using var quiet = await StartAsync(("Queue:LeaseSeconds", "3600"));
        var run = await TestRuns.AddAsync(quiet.DataSource, "steps=100000 delay=3600000");
        await TestRuns.WaitForEventsAsync(quiet.DataSource, run, "started", 1, Waiting.Soon);

        await TestRuns.RequestAsync(quiet.DataSource, run, "cancel");

        await TestRuns.WaitAsync(quiet.DataSource, run, Waiting.Soon, "cancelled");
    }

    [Theory]
    [InlineData("steps=100000 delay=20", "3600")]
    [InlineData("steps=100000 delay=3600000", "3")]
    public async Task Train_ControlMessageIsLost_AppendOrRenewalReturnsTheRequest(string name, string leaseSeconds)
    {
        await using var worker = await StartAsync(("Queue:LeaseSeconds", leaseSeconds));
        var run = await TestRuns.AddAsync(worker.DataSource, name);
        await TestRuns.WaitForEventsAsync(worker.DataSource, run, "started", 1, Waiting.Soon);

        await TestRuns.RequestAsync(worker.DataSource, run, "pause", notify: false);

        await TestRuns.WaitAsync(worker.DataSource, run, Waiting.Soon, "paused");
    }

    [Fact]
    public async Task Train_ControlMessageForAnEarlierAttempt_IsIgnored()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);

        await TestRuns.ExecuteAsync(app.DataSource, $"select pg_notify('trainyard_control', '{run}:0:cancel')");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
    }

    [Fact]
    public async Task Train_EventsAreAppended_EachAppendRenewsTheLease()
    {
        await using var worker = await StartAsync(("Queue:LeaseSeconds", "3600"));
        var run = await TestRuns.AddAsync(worker.DataSource, "steps=100000 delay=20");
        await TestRuns.WaitForEventsAsync(worker.DataSource, run, "progress", 1, Waiting.Soon);
        var before = (DateTime)(await TestRuns.ScalarAsync(worker.DataSource, "select lease_expires_at from runs"))!;
        await TestRuns.WaitForEventsAsync(worker.DataSource, run, "progress", 100, Waiting.Soon);

        // The timer is due after 20 minutes.
        Assert.True((DateTime)(await TestRuns.ScalarAsync(worker.DataSource, "select lease_expires_at from runs"))! > before + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Train_LeaseTakenAway_TrainerIsKilledAndWritesNothingMore()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100000 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);

        // As if it had been taken back and claimed by another worker.
        await TestRuns.ExecuteAsync(
            app.DataSource, "update runs set attempt = attempt + 1, worker = 'other', lease_expires_at = now() + interval '1 hour'");

        await Waiting.UntilAsync(() => Task.FromResult(TrainerProcesses.Of(run).Count == 0), Waiting.Soon, () => Task.FromResult("The trainer still runs."));
        Assert.Equal("running other", await TestRuns.ScalarAsync(app.DataSource, "select state || ' ' || worker from runs"));
        await TestRuns.AssertNoGapsAsync(app.DataSource, run);
    }

    [Fact]
    public async Task Train_RunFolderCannotBeWritten_FailsAsStorage()
    {
        var run = await TestRuns.AddAsync(app.DataSource, queue: "cuda", notify: false);
        Directory.CreateDirectory(Path.GetDirectoryName(Folder(run))!);
        await File.WriteAllTextAsync(Folder(run), "a file where the folder should be", TestContext.Current.CancellationToken);
        await TestRuns.ExecuteAsync(app.DataSource, "update runs set queue = 'cpu'");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "failed");

        Assert.Equal("storage", await TestRuns.ScalarAsync(app.DataSource, "select failure_class from runs"));
        Assert.Contains(Folder(run), await TestRuns.FailureAsync(app.DataSource), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TrainerWritesControlCharacters_AreOnlyShown()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=3 fault=escape forgetful");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "failed");

        const string Shown = "\u241B[31mred\u241B[0m \uFFFD2J";
        Assert.Contains(Shown, await TestRuns.FailureAsync(app.DataSource), StringComparison.Ordinal);
        Assert.Contains(Shown, await File.ReadAllTextAsync(Path.Combine(Folder(run), "trainer.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Trainer_IsEndedBeforeTheServiceWhenMemoryIsShort()
    {
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100000 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);

        Assert.Equal("500", (await File.ReadAllTextAsync($"/proc/{TrainerProcesses.Of(run).Single()}/oom_score_adj", TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task Start_NoTrainer_RunsWaitForAWorkerThatHasOne()
    {
        await using var without = await TestApp.StartAsync(server, "worker", [("Trainer:Path", "/nowhere/trainer"), ("Queue:PollSeconds", "0.1")]);
        var run = await TestRuns.AddAsync(without.DataSource, "steps=1");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal("queued", await TestRuns.ScalarAsync(without.DataSource, "select state from runs"));

        await using var with = await TestApp.StartAsync(server, "worker", Settings(), without.ConnectionString);

        await TestRuns.WaitAsync(without.DataSource, run, Waiting.Soon, "succeeded");
    }

    [Fact]
    public async Task Start_TrainerCannotStart_HealthAndSystemGiveTheReasonUntilItWorks()
    {
        var folder = Directory.CreateTempSubdirectory("trainyard-trainer-");
        var trainer = Path.Combine(folder.FullName, "trainer");
        File.Copy(Repository.FaultyTrainer, trainer); // for its mode: it is executable
        await File.WriteAllTextAsync(trainer, "#!/bin/sh\necho 'libgomp.so.1 is missing' >&2\nexit 3\n", TestContext.Current.CancellationToken);
        await using var all = await TestApp.StartAsync(server, "all", [("Trainer:Path", trainer)]);

        await Waiting.UntilAsync(
            async () => (await all.Http.GetJsonAsync("/health/ready")).Body!["detail"]?.GetValue<string>().Contains("libgomp.so.1 is missing", StringComparison.Ordinal) == true,
            "the reason");
        Api.IsProblem(await all.Http.GetJsonAsync("/health/ready"), System.Net.HttpStatusCode.ServiceUnavailable, "trainer-unavailable");
        var state = (await all.Http.GetJsonAsync("/api/v1/system")).Body!["trainer"]!;
        Assert.False(state["ready"]!.GetValue<bool>());
        Assert.Equal($"'{trainer} info' failed with exit code 3: libgomp.so.1 is missing", state["reason"]!.GetValue<string>());

        await File.WriteAllTextAsync(trainer, $"#!/bin/sh\nexec {Repository.FaultyTrainer} \"$@\"\n", TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(async () => (await all.Http.GetJsonAsync("/health/ready")).Status == System.Net.HttpStatusCode.OK, "the trainer works");
        state = (await all.Http.GetJsonAsync("/api/v1/system")).Body!["trainer"]!;
        Assert.True(state["ready"]!.GetValue<bool>());
        Assert.Null(state["reason"]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Stop_RunIsTrained_RunIsRequeuedAndTheNextWorkerContinues()
    {
        var first = await TestApp.StartAsync(server, "worker", Settings(), dataDir: app.DataDir);
        var run = await TestRuns.AddAsync(first.DataSource, "steps=300 delay=20");
        await TestRuns.WaitForEventsAsync(first.DataSource, run, "progress", 5, Waiting.Soon);

        await first.DisposeAsync();

        await using var second = await TestApp.StartAsync(server, "worker", Settings(), first.ConnectionString, first.DataDir);
        await TestRuns.WaitAsync(second.DataSource, run, Waiting.Soon, "succeeded");
        Assert.Equal("2 0", await TestRuns.ScalarAsync(second.DataSource, "select attempt || ' ' || failed_attempts from runs"));
        var history = await TestRuns.HistoryAsync(second.DataSource, run);
        Assert.Contains("The worker shut down. The trainer wrote a checkpoint.", history, StringComparison.Ordinal);
        Assert.Contains("Attempt 2 resumes from the checkpoint", history, StringComparison.Ordinal);
        await TestRuns.AssertNoGapsAsync(second.DataSource, run);
    }

    private static async Task TrainsAgainAsync(TestApp app, string fault, string reason)
    {
        var run = await TestRuns.AddAsync(app.DataSource, $"steps=5 {fault} at=2 once");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");

        Assert.Equal(["queued", "running", "queued", "running", "succeeded"], await TestRuns.StatesAsync(app.DataSource, run));
        var history = await TestRuns.HistoryAsync(app.DataSource, run);
        Assert.Contains(reason, history, StringComparison.Ordinal);
        Assert.Contains("resumes from the checkpoint at step", history, StringComparison.Ordinal);
        Assert.StartsWith("crashed: ", (string)(await TestRuns.ScalarAsync(app.DataSource, "select outcome from attempts where attempt = 1"))!, StringComparison.Ordinal);
        await TestRuns.AssertNoGapsAsync(app.DataSource, run);
    }

    private static async Task StopsAsync(TestApp app, string name, string reason)
    {
        var run = await TestRuns.AddAsync(app.DataSource, name);
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);

        await TestRuns.RequestAsync(app.DataSource, run, "cancel");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "cancelled");
        Assert.Contains(reason, await TestRuns.HistoryAsync(app.DataSource, run), StringComparison.Ordinal);
        await Waiting.UntilAsync(() => Task.FromResult(TrainerProcesses.Of(run).Count == 0), Waiting.Soon, () => Task.FromResult("The trainer still runs."));
    }

    private static IEnumerable<(string, string)> Settings() =>
        [("Trainer:Path", Repository.FaultyTrainer), ("Queue:BackoffSeconds", "0.1"), ("Queue:PollSeconds", "0.2")];

    // With the default timeouts, unless a test waits for one: on a busy machine a sound trainer may be silent for seconds.
    private Task<TestApp> StartAsync(params (string, string)[] settings) => TestApp.StartAsync(server, "worker", [.. Settings(), .. settings]);

    private string Folder(Guid run) => Path.Combine(app.DataDir, "runs", run.ToString());
}
