using System.Diagnostics;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Workers;

/// <summary>Trainers that wait for the next run after the end of one.</summary>
[Trait("Needs", "database")]
public sealed class WarmTrainerTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // A name of its own, so that other tests' trainers are not counted.
    private string Executable => folder.File("trainer");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Runs_OneAfterTheOther_AreTrainedByOneProcess()
    {
        await using var app = await StartAsync();
        List<Guid> runs = [];
        for (var i = 0; i < 4; i++)
        {
            runs.Add(await TestRuns.AddAsync(app.DataSource, "steps=10 delay=20"));
        }

        await TestRuns.WaitForEventsAsync(app.DataSource, runs[0], "progress", 1, Waiting.Soon);
        var trainer = Assert.Single(TrainerProcesses.Of(runs[0]));
        Assert.Equal("500", (await File.ReadAllTextAsync($"/proc/{trainer}/oom_score_adj", Cancellation)).Trim());
        await TestRuns.WaitForEventsAsync(app.DataSource, runs[3], "progress", 1, Waiting.Soon);
        Assert.Equal([trainer], TrainerProcesses.Of(runs[3]));

        foreach (var run in runs)
        {
            await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
            await TestRuns.AssertNoGapsAsync(app.DataSource, run);
        }

        Assert.Equal(["1"], await TestRuns.ColumnAsync(app.DataSource, "select distinct attempt from runs"));
        Assert.Equal([trainer], Trainers);
    }

    [Fact]
    public async Task Run_ThatIsPausedOrCancelledOrDiverges_LeavesTheTrainerToTheNext()
    {
        await using var app = await StartAsync();
        var paused = await TestRuns.AddAsync(app.DataSource, "steps=100 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, paused, "progress", 1, Waiting.Soon);
        var trainer = TrainerProcesses.Of(paused).Single();
        await TestRuns.RequestAsync(app.DataSource, paused, "pause");
        await TestRuns.WaitAsync(app.DataSource, paused, Waiting.Soon, "paused");

        var cancelled = await TestRuns.AddAsync(app.DataSource, "steps=100000 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, cancelled, "progress", 1, Waiting.Soon);
        Assert.Equal([trainer], TrainerProcesses.Of(cancelled));
        await TestRuns.RequestAsync(app.DataSource, cancelled, "cancel");
        await TestRuns.WaitAsync(app.DataSource, cancelled, Waiting.Soon, "cancelled");

        var diverged = await TestRuns.AddAsync(app.DataSource, "steps=5 fault=diverge at=2");
        await TestRuns.WaitAsync(app.DataSource, diverged, Waiting.Soon, "failed");
        var last = await TestRuns.AddAsync(app.DataSource, "steps=10 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, last, "progress", 1, Waiting.Soon);
        Assert.Equal([trainer], TrainerProcesses.Of(last));
        await TestRuns.WaitAsync(app.DataSource, last, Waiting.Soon, "succeeded");
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("garbage")]
    [InlineData("full")]
    public async Task Run_ThatFailsInAnotherWay_TakesTheTrainerWithIt(string fault)
    {
        await using var app = await StartAsync();
        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=2"), Waiting.Soon, "succeeded");
        await Waiting.UntilAsync(() => Task.FromResult(Trainers.Count == 1), "it waits");
        var first = Trainers.Single();

        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, $"steps=5 fault={fault} at=2 once"), Waiting.Soon, "succeeded");

        await Waiting.UntilAsync(() => Task.FromResult(!Trainers.Contains(first)), "it has ended");
        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=2"), Waiting.Soon, "succeeded");
    }

    // No step of the run was tried, so it is not the run's failure.
    [Fact]
    public async Task Trainer_ThatEndsBeforeTheFirstEventOfTheNextRun_CostsItNoFailure()
    {
        await using var app = await StartAsync();
        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=2"), Waiting.Soon, "succeeded");

        var next = await TestRuns.AddAsync(app.DataSource, "steps=3 fault=vanish");

        await TestRuns.WaitAsync(app.DataSource, next, Waiting.Soon, "succeeded");
        Assert.Equal("2 0", await TestRuns.ScalarAsync(app.DataSource, $"select attempt || ' ' || failed_attempts from runs where id = '{next}'"));
    }

    // The process may have kept memory of the run before.
    [Fact]
    public async Task Run_OutOfMemoryInAProcessOfAnother_IsTriedInOneOfItsOwn()
    {
        await using var app = await StartAsync(settings: ("Trainer:MemoryMegabytes", "300"));
        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=2"), Waiting.Soon, "succeeded");
        await Waiting.UntilAsync(() => Task.FromResult(Trainers.Count == 1), "it waits");

        var large = await TestRuns.AddAsync(app.DataSource, "steps=5 forgetful fault=memory");

        await TestRuns.WaitAsync(app.DataSource, large, Waiting.Soon, "failed");
        Assert.Equal("2 out_of_memory", await TestRuns.ScalarAsync(app.DataSource, $"select attempt || ' ' || failure_class from runs where id = '{large}'"));
    }

    // What a run writes to standard error is in its own log and in its own messages.
    [Fact]
    public async Task Errors_OfARun_AreNotThoseOfTheNext()
    {
        await using var app = await StartAsync();
        var first = await TestRuns.AddAsync(app.DataSource, "steps=2 say=first");
        var second = await TestRuns.AddAsync(app.DataSource, "steps=5 say=second fault=crash at=2 once");
        await TestRuns.WaitAsync(app.DataSource, first, Waiting.Soon, "succeeded");
        await TestRuns.WaitAsync(app.DataSource, second, Waiting.Soon, "succeeded");

        Assert.Equal("first\n", await LogAsync(app, first));
        Assert.Equal("second\nnative code went wrong here\nsecond\n", await LogAsync(app, second));
        Assert.Contains("native code went wrong here", await TestRuns.HistoryAsync(app.DataSource, second), StringComparison.Ordinal);
        Assert.DoesNotContain("first", await TestRuns.HistoryAsync(app.DataSource, second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trainer_KilledWhileItWaits_TheNextRunDoesNotNotice()
    {
        await using var app = await StartAsync();
        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=2"), Waiting.Soon, "succeeded");
        await Waiting.UntilAsync(() => Task.FromResult(Trainers.Count == 1), "it waits");

        Kill(Trainers.Single());

        var next = await TestRuns.AddAsync(app.DataSource, "steps=3");
        await TestRuns.WaitAsync(app.DataSource, next, Waiting.Soon, "succeeded");
        Assert.Equal("1 0", await TestRuns.ScalarAsync(app.DataSource, $"select attempt || ' ' || failed_attempts from runs where id = '{next}'"));
    }

    [Fact]
    public async Task Stop_WhileOneWaits_LeavesNoProcess()
    {
        var app = await StartAsync();
        await TestRuns.WaitAsync(app.DataSource, await TestRuns.AddAsync(app.DataSource, "steps=2"), Waiting.Soon, "succeeded");
        await Waiting.UntilAsync(() => Task.FromResult(Trainers.Count == 1), "it waits");

        await app.DisposeAsync();

        Assert.Empty(Trainers);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0")]
    public async Task Trainer_WithoutAFurtherRun_Ends(string seconds)
    {
        await using var app = await StartAsync(seconds);
        var run = await TestRuns.AddAsync(app.DataSource, "steps=10 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 1, Waiting.Soon);
        Assert.Single(Trainers);

        await Waiting.UntilAsync(() => Task.FromResult(Trainers.Count == 0), "it has ended");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
    }

    private List<int> Trainers => TrainerProcesses.Of(Executable);

    private static Task<string> LogAsync(TestApp app, Guid run) => File.ReadAllTextAsync(Path.Combine(app.DataDir, "runs", run.ToString(), "trainer.log"), Cancellation);

    private Task<TestApp> StartAsync(string keepSeconds = "60", params (string Name, string Value)[] settings)
    {
        File.CreateSymbolicLink(Executable, Repository.FaultyTrainer);
        return TestApp.StartAsync(
            server, "worker",
            [("Trainer:Path", Executable), ("Queue:BackoffSeconds", "0.1"), ("Queue:PollSeconds", "0.2"), ("Worker:KeepTrainerSeconds", keepSeconds), .. settings]);
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }
}
