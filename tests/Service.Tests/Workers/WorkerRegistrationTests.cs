using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Queue;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Workers;

namespace Trainyard.Service.Tests.Workers;

[Trait("Needs", "database")]
public sealed class WorkerRegistrationTests(DatabaseServer server)
{
    [Fact]
    public async Task TakeBack_OnlyOneProcessIsDead_OnlyItsRunIsRequeued()
    {
        await using var app = await TestApp.StartAsync(server, "worker", [("Trainer:Path", "/nowhere/trainer")]);
        var queue = app.Services.GetRequiredService<RunQueue>();
        var space = new FileInfo("/proc/self/ns/pid").LinkTarget;
        var runs = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (worker, host, processId, pidNamespace) in ((string, string, int, string?)[])
        [
            ("dead", Environment.MachineName, int.MaxValue, space),
            ("alive", Environment.MachineName, Environment.ProcessId, space),
            ("other-program", Environment.MachineName, 1, space),
            ("other-container", Environment.MachineName, int.MaxValue, "pid:[1]"),
            ("other-host", "elsewhere", int.MaxValue, space),
            ("unknown", Environment.MachineName, int.MaxValue, null),
        ])
        {
            var run = await TestRuns.AddAsync(app.DataSource, notify: false);
            Assert.NotNull(await queue.ClaimAsync(worker, run, ["cpu"], TestContext.Current.CancellationToken));
            runs[worker] = run;
            await TestRuns.ExecuteAsync(
                app.DataSource,
                $"""
                insert into workers (id, host, queues, slots, started_at, seen_at, process_id, pid_namespace)
                values ('{worker}', '{host}', '{"{cpu}"}', 1, now(), now(), {processId}, {(pidNamespace is null ? "null" : $"'{pidNamespace}'")})
                """);
        }

        await app.Services.GetRequiredService<WorkerRegistration>().TakeBackOfDeadProcessesAsync(TestContext.Current.CancellationToken);

        foreach (var (worker, run) in runs)
        {
            var expected = worker is "dead" or "other-program" ? "queued 1" : "running 0";
            Assert.Equal(expected, await TestRuns.ScalarAsync(app.DataSource, $"select state || ' ' || failed_attempts from runs where id = '{run}'"));
        }

        Assert.Equal(
            ["alive", "other-container", "other-host", "unknown"], await TestRuns.ColumnAsync(app.DataSource, "select id from workers order by id"));
    }
}
