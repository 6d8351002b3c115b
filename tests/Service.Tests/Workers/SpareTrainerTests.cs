using System.Diagnostics;
using System.Globalization;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Workers;

/// <summary>Trainers that are started before their run.</summary>
[Trait("Needs", "database")]
public sealed class SpareTrainerTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // A name of its own, so that other tests' trainers are not counted.
    private string Executable => folder.File("trainer");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Runs_OneAfterTheOther_AreTrainedByProcessesThatWereStartedAhead()
    {
        await using var app = await StartAsync(Repository.FaultyTrainer);
        List<Guid> runs = [];
        for (var i = 0; i < 4; i++)
        {
            runs.Add(await TestRuns.AddAsync(app.DataSource, "steps=20 delay=20"));
        }

        await TestRuns.WaitForEventsAsync(app.DataSource, runs[1], "progress", 1, Waiting.Soon);
        var second = Assert.Single(TrainerProcesses.Of(runs[1]));
        Assert.Contains(second, TrainerProcesses.StartedAhead(Executable));
        Assert.Equal("500", (await File.ReadAllTextAsync($"/proc/{second}/oom_score_adj", Cancellation)).Trim());

        foreach (var run in runs)
        {
            await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
            await TestRuns.AssertNoGapsAsync(app.DataSource, run);
        }

        Assert.Equal(["1"], await TestRuns.ColumnAsync(app.DataSource, "select distinct attempt from runs"));
        await NoneIsLeftAsync();
    }

    [Fact]
    public async Task Spare_KilledWhileItWaits_TheNextRunDoesNotNotice()
    {
        await using var app = await StartAsync(Repository.FaultyTrainer);
        var first = await TestRuns.AddAsync(app.DataSource, "steps=60 delay=20");
        var second = await TestRuns.AddAsync(app.DataSource, "steps=3");
        await TestRuns.WaitForEventsAsync(app.DataSource, first, "progress", 1, Waiting.Soon);
        await Waiting.UntilAsync(() => Task.FromResult(TrainerProcesses.StartedAhead(Executable).Count == 1), "one is started ahead");

        Kill(TrainerProcesses.StartedAhead(Executable).Single());

        await TestRuns.WaitAsync(app.DataSource, second, Waiting.Soon, "succeeded");
        Assert.Equal("1 0", await TestRuns.ScalarAsync(app.DataSource, $"select attempt || ' ' || failed_attempts from runs where id = '{second}'"));
    }

    [Fact]
    public async Task Run_OfASpare_IsCancelledPausedAndResumedAsAnyOther()
    {
        await using var app = await StartAsync(Repository.FaultyTrainer);
        await TestRuns.AddAsync(app.DataSource, "steps=30 delay=20");
        var cancelled = await TestRuns.AddAsync(app.DataSource, "steps=100000 delay=20");
        var crashed = await TestRuns.AddAsync(app.DataSource, "steps=5 fault=crash at=2 once");
        await TestRuns.WaitForEventsAsync(app.DataSource, cancelled, "progress", 1, Waiting.Soon);
        Assert.Contains(TrainerProcesses.Of(cancelled).Single(), TrainerProcesses.StartedAhead(Executable));

        await TestRuns.RequestAsync(app.DataSource, cancelled, "cancel");

        await TestRuns.WaitAsync(app.DataSource, cancelled, Waiting.Soon, "cancelled");
        await TestRuns.WaitAsync(app.DataSource, crashed, Waiting.Soon, "succeeded");
        Assert.Contains("native code went wrong here", await TestRuns.HistoryAsync(app.DataSource, crashed), StringComparison.Ordinal);
        Assert.Equal("2 1", await TestRuns.ScalarAsync(app.DataSource, $"select attempt || ' ' || failed_attempts from runs where id = '{crashed}'"));
    }

    [Fact]
    public async Task Stop_WithASpare_LeavesNoProcess()
    {
        var app = await StartAsync(Repository.FaultyTrainer);
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100000 delay=20");
        await TestRuns.AddAsync(app.DataSource, "steps=3");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);
        await Waiting.UntilAsync(() => Task.FromResult(TrainerProcesses.StartedAhead(Executable).Count == 1), "one is started ahead");

        await app.DisposeAsync();

        Assert.Empty(TrainerProcesses.StartedAhead(Executable));
    }

    [Fact]
    public async Task Spare_ThatIsNotTaken_EndsByItselfAndNoneFollowsALongRun()
    {
        await using var app = await StartAsync(Repository.FaultyTrainer, startAheadSeconds: "0.5");
        var first = await TestRuns.AddAsync(app.DataSource, "steps=60 delay=20");
        var second = await TestRuns.AddAsync(app.DataSource, "steps=20 delay=20");
        await TestRuns.AddAsync(app.DataSource, "steps=3");
        await Waiting.UntilAsync(() => Task.FromResult(TrainerProcesses.StartedAhead(Executable).Count == 1), "one is started ahead");

        await Waiting.UntilAsync(() => Task.FromResult(TrainerProcesses.StartedAhead(Executable).Count == 0), "it is ended");

        Assert.Equal("running", await TestRuns.ScalarAsync(app.DataSource, $"select state from runs where id = '{first}'"));
        await TestRuns.WaitForEventsAsync(app.DataSource, second, "progress", 3, Waiting.Soon);
        Assert.Empty(TrainerProcesses.StartedAhead(Executable));
    }

    [Fact]
    public Task Worker_WithoutThem_StartsNone() => AssertNoneStartsAsync("0", slots: 1);

    // A slot for each processor, with a thread each: nothing is free.
    [Fact]
    public Task Worker_WhoseSlotsFillTheProcessors_StartsNone() => AssertNoneStartsAsync("5", slots: Math.Max(2, Environment.ProcessorCount));

    // Twice as many runs as slots: each slot has a next one. All the time is looked at, so that one which is started and ended at once would be seen.
    private async Task AssertNoneStartsAsync(string startAheadSeconds, int slots)
    {
        await using var app = await StartAsync(
            Repository.FaultyTrainer, startAheadSeconds, ("Worker:Slots", slots.ToString(CultureInfo.InvariantCulture)), ("Trainer:Threads", "1"));
        List<Task> ends = [];
        for (var i = 0; i < 2 * slots; i++)
        {
            ends.Add(TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=20 delay=20"), Waiting.Soon, "succeeded"));
        }

        var seen = 0;
        var ended = Task.WhenAll(ends);
        while (!ended.IsCompleted)
        {
            seen += TrainerProcesses.StartedAhead(Executable).Count;
            await Task.Delay(10, Cancellation);
        }

        await ended;
        Assert.Equal(0, seen);
    }

    private async Task NoneIsLeftAsync() => await Waiting.UntilAsync(
        () => Task.FromResult(TrainerProcesses.StartedAhead(Executable).Count == 0), "no trainer is left");

    private Task<TestApp> StartAsync(string trainer, string startAheadSeconds = "5", params (string Name, string Value)[] settings)
    {
        File.CreateSymbolicLink(Executable, trainer);
        return TestApp.StartAsync(
            server, "worker",
            [("Trainer:Path", Executable), ("Queue:BackoffSeconds", "0.1"), ("Queue:PollSeconds", "0.2"), ("Worker:StartAheadSeconds", startAheadSeconds), .. settings]);
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }
}
