using System.Net;
using Trainyard.Service.Hosting;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Workers;

/// <summary>A data folder that cannot be used for a while: no run fails, and all continue by themselves.</summary>
[Trait("Needs", "database")]
public sealed class StorageTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "does not exist any more")]
    [InlineData(true, "cannot be written to")]
    public async Task Storage_BrokenForAWhile_RunsWaitAndContinue(bool readOnly, string reason)
    {
        await using var app = await StartAsync();
        var trained = await TestRuns.AddAsync(app.DataSource, "steps=400 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, trained, "progress", 3, Waiting.Soon);

        // Not even root writes to /proc/sys.
        var (runs, away) = (Path.Combine(app.DataDir, "runs"), Path.Combine(app.DataDir, "away"));
        Directory.Move(runs, away);
        if (readOnly)
        {
            Directory.CreateSymbolicLink(runs, "/proc/sys");
        }

        List<Guid> queued = [];
        for (var i = 0; i < 12; i++)
        {
            queued.Add(await TestRuns.AddAsync(app.DataSource, "steps=1"));
        }

        await TestRuns.WaitAsync(app.DataSource, trained, Waiting.Soon, "queued");
        await Waiting.UntilAsync(
            async () => (await app.Http.GetJsonAsync("/health/ready")).Status == HttpStatusCode.ServiceUnavailable, "the service is not ready");
        var ready = await app.Http.GetJsonAsync("/health/ready");
        Assert.Contains(reason, ready.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var system = (await app.Http.GetJsonAsync("/api/v1/system")).Body!;
        Assert.Contains(reason, system["trainer"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        await Waiting.UntilAsync(
            async () => (await app.Http.GetJsonAsync("/api/v1/system")).Body!["workers"]![0]!["problem"]?.GetValue<string>().Contains(reason, StringComparison.Ordinal) == true,
            "the worker reports its problem");
        var waiting = (await app.Http.GetJsonAsync($"/api/v1/runs/{queued[0]}")).Body!["waiting"]!;
        Assert.Equal("storage_unavailable", waiting["code"]!.GetValue<string>());
        Assert.Contains(reason, waiting["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["queued"], await TestRuns.ColumnAsync(app.DataSource, "select distinct state from runs"));

        if (readOnly)
        {
            File.Delete(runs);
        }

        Directory.Move(away, runs);

        foreach (var run in queued.Append(trained))
        {
            await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
            await TestRuns.AssertOrderAsync(app.DataSource, run);
        }

        Assert.Equal(["0"], await TestRuns.ColumnAsync(app.DataSource, "select distinct failed_attempts from runs"));
        Assert.Equal(["storage"], await TestRuns.ColumnAsync(app.DataSource, "select distinct outcome from attempts where outcome <> 'succeeded'"));
        Assert.Contains("resumes from the checkpoint", await TestRuns.HistoryAsync(app.DataSource, trained), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetJsonAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Storage_DiskFullForOneRun_WaitsWithoutCountingAFailure()
    {
        await using var app = await StartAsync();

        var run = await TestRuns.AddAsync(app.DataSource, "steps=3 fault=full once");

        await TestRuns.WaitForEventsAsync(app.DataSource, run, "state", 3, Waiting.Soon);
        Assert.Equal("queued 0", await TestRuns.ScalarAsync(app.DataSource, "select state || ' ' || failed_attempts from runs"));
        Assert.Contains("The disk is full", await TestRuns.HistoryAsync(app.DataSource, run), StringComparison.Ordinal);
        Assert.True((bool)(await TestRuns.ScalarAsync(app.DataSource, "select not_before > now() + interval '20 seconds' from runs"))!);
    }

    [Fact]
    public void Folder_TooLittleSpace_IsAProblem()
    {
        using var folder = new TemporaryFolder();
        DataFolder.RequireWritable(folder.Path);

        Assert.Null(DataFolder.FindProblem(folder.Path, 0));
        Assert.Contains("MB left", DataFolder.FindProblem(folder.Path, long.MaxValue), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.File("runs")));
    }

    [Fact]
    public void Folder_OfTheRuns_IsPrivate()
    {
        using var folder = new TemporaryFolder();

        DataFolder.RequireWritable(folder.Path);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(folder.File("runs")));
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        server, "all", [("Trainer:Path", Repository.FaultyTrainer), ("Queue:BackoffSeconds", "0.1"), ("Worker:HeartbeatSeconds", "0.5")]);
}
