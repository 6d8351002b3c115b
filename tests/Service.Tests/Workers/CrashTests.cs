using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trainyard.Service.Postgres;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Workers;

/// <summary>Crashes of real trainers and real processes: the run continues, and its history has no gap.</summary>
[Trait("Needs", "database")]
public sealed class CrashTests(DatabaseServer server) : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("trainyard-crash-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        data.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Worker_KilledWithSigkill_RestartContinuesTheRunBeforeItsLeaseEnds()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        using var first = StartService(connectionString);
        var run = await TestRuns.AddAsync(dataSource, epochs: 10_000, trainSamples: 1000);
        await TestRuns.WaitForEventsAsync(dataSource, run, "checkpoint", 1, Waiting.Soon);
        var trainer = TrainerProcesses.Of(run).Single();

        first.Kill();
        await first.WaitForExitAsync(Cancellation);

        // Its trainer may still write its last checkpoint; the next one waits for it.
        using var second = StartService(connectionString);
        var restarted = Stopwatch.StartNew();
        try
        {
            await TestRuns.WaitForEventsAsync(dataSource, run, "started", 2, Waiting.Soon);
            TestContext.Current.SendDiagnosticMessage($"The run continued {restarted.Elapsed.TotalSeconds:F1} s after the restart.");
            Assert.DoesNotContain(trainer, TrainerProcesses.Of(run));
            await TestRuns.WaitForEventsAsync(dataSource, run, "checkpoint", 2, Waiting.Soon);
            var history = await TestRuns.HistoryAsync(dataSource, run);
            Assert.Contains("is no longer running", history, StringComparison.Ordinal);
            Assert.Contains("Attempt 2 resumes from the checkpoint", history, StringComparison.Ordinal);
            Assert.Equal(["lost worker"], await TestRuns.ColumnAsync(dataSource, "select outcome from attempts where attempt = 1"));
            Assert.Equal(2L, await TestRuns.ScalarAsync(dataSource, "select count(distinct worker) from attempts"));
            await CancelAsync(dataSource, run);
            await TestRuns.AssertNoGapsAsync(dataSource, run);
        }
        finally
        {
            second.Kill(entireProcessTree: true);
            await second.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Worker_Frozen_ItsTrainerEndsWithTheLeaseAndAnotherWorkerContinues()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        using var first = StartService(connectionString, leaseSeconds: 5);
        try
        {
            var run = await TestRuns.AddAsync(dataSource, epochs: 10_000, trainSamples: 1000);
            await TestRuns.WaitForEventsAsync(dataSource, run, "epoch", 3, Waiting.Soon);
            var trainer = TrainerProcesses.Of(run).Single();
            await using var second = await StartWorkerAsync(connectionString, ("Queue:LeaseSeconds", "5"));

            Signal(first, "STOP");

            // No attempt waits for the lock of the folder, and none fails.
            await TestRuns.WaitForEventsAsync(dataSource, run, "started", 2, Waiting.Soon);
            Assert.DoesNotContain(trainer, TrainerProcesses.Of(run));
            Assert.Equal(["lost lease"], await TestRuns.ColumnAsync(dataSource, "select outcome from attempts where outcome is not null"));
            Assert.Equal("running 2", await TestRuns.ScalarAsync(dataSource, "select state || ' ' || attempt from runs"));

            // The first worker comes back and writes nothing.
            Signal(first, "CONT");
            await TestRuns.WaitForEventsAsync(dataSource, run, "checkpoint", 1, Waiting.Soon);
            await CancelAsync(dataSource, run);
            await TestRuns.AssertOrderAsync(dataSource, run);
            Assert.Equal(2L, await TestRuns.ScalarAsync(dataSource, "select count(*) from attempts"));
        }
        finally
        {
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Trainer_KilledWithSigkillInMidEpoch_RunContinuesFromItsCheckpoint()
    {
        await using var app = await StartWorkerAsync(await server.CreateDatabaseAsync());
        var run = await TestRuns.AddAsync(app.DataSource, epochs: 10_000, trainSamples: 1000);
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "checkpoint", 1, Waiting.Soon);

        using (var trainer = Process.GetProcessById(TrainerProcesses.Of(run).Single()))
        {
            trainer.Kill();
        }

        await TestRuns.WaitForEventsAsync(app.DataSource, run, "started", 2, Waiting.Soon);
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "notice", 1, Waiting.Soon);
        var history = await TestRuns.HistoryAsync(app.DataSource, run);
        Assert.Contains("exit code 137 (signal 9)", history, StringComparison.Ordinal);
        Assert.Contains("Attempt 2 resumes from the checkpoint", history, StringComparison.Ordinal);
        await CancelAsync(app.DataSource, run);
        await TestRuns.AssertNoGapsAsync(app.DataSource, run);
    }

    [Fact]
    public async Task Database_UnreachableForTwentySeconds_RunContinuesInTheSameAttempt()
    {
        await using var cluster = await StartClusterAsync();
        await DatabaseServer.MigrateAsync(cluster.ConnectionString);
        await using var app = await StartWorkerAsync(cluster.ConnectionString, ("Queue:LeaseSeconds", "60"));
        var run = await TestRuns.AddAsync(app.DataSource, epochs: 10_000, trainSamples: 1000);
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "epoch", 3, Waiting.Soon);
        var trainer = TrainerProcesses.Of(run).Single();

        await cluster.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal([trainer], TrainerProcesses.Of(run));
        await cluster.StartAsync(Cancellation);

        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    return (bool)(await TestRuns.ScalarAsync(
                        app.DataSource, $"select max(at) > now() - interval '1 second' and count(*) > 20 from run_events where run_id = '{run}'"))!;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            Waiting.Soon,
            () => TestRuns.HistoryAsync(app.DataSource, run));
        Assert.Equal([trainer], TrainerProcesses.Of(run));
        Assert.Equal("running 1 0", await TestRuns.ScalarAsync(app.DataSource, "select state || ' ' || attempt || ' ' || failed_attempts from runs"));

        // Each epoch is stored once: nothing was lost while the database was unreachable, and nothing was stored twice.
        await CancelAsync(app.DataSource, run);
        await TestRuns.AssertNoGapsAsync(app.DataSource, run);
        Assert.Equal(
            "true",
            await TestRuns.ScalarAsync(
                app.DataSource,
                "select (count(*) = count(distinct data->>'epoch') and count(*) = max((data->>'epoch')::int))::text from run_events where type = 'epoch'"));
    }

    private static async Task CancelAsync(NpgsqlDataSource dataSource, Guid run)
    {
        await TestRuns.RequestAsync(dataSource, run, "cancel");
        await TestRuns.WaitAsync(dataSource, run, Waiting.Soon, "cancelled");
    }

    private Task<TestApp> StartWorkerAsync(string connectionString, params (string Key, string Value)[] settings) => TestApp.StartAsync(
        server,
        "worker",
        [("Trainer:Path", Repository.Trainer), ("Trainer:Threads", "1"), ("Queue:BackoffSeconds", "0.2"), ("Queue:PollSeconds", "0.5"), .. settings],
        connectionString,
        data.FullName);

    private async Task<EmbeddedPostgres> StartClusterAsync()
    {
        // Root hands the server to another user, who has to get to its folder.
        if (!OperatingSystem.IsWindows())
        {
            data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var cluster = new EmbeddedPostgres(
            new EmbeddedPostgresOptions { Folder = Path.Combine(data.FullName, "postgres") }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance);
        await cluster.StartAsync(Cancellation);
        return cluster;
    }

    // A process of its own, as it is deployed, so that it can be killed.
    private Process StartService(string connectionString, int leaseSeconds = 600)
    {
        var start = new ProcessStartInfo(Repository.Service)
        {
            UseShellExecute = false,
            Environment =
            {
                ["Service__Role"] = "worker",
                ["Service__DataDir"] = data.FullName,
                ["ConnectionStrings__Postgres"] = connectionString,
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Trainer__Path"] = Repository.Trainer,
                ["Trainer__Threads"] = "1",
                ["Queue__LeaseSeconds"] = leaseSeconds.ToString(CultureInfo.InvariantCulture),
            },
        };
        return Process.Start(start)!;
    }

    private static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
