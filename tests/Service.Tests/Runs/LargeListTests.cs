using System.Data.Common;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Tests.Runs;

/// <summary>The list of 100,000 runs: every page is read through indexes, in one statement.</summary>
public sealed class LargeListTests(DatabaseServer server)
{
    private const int Count = 100_000;
    private const int Repetitions = 40;

    // Measured 2026-11-21 on two busy cores of Zen 3: medians of 9 to 25 ms. The bound leaves room for a machine that does other things too.
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfHundredThousandRuns_UsesIndexesInOneStatement()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        var middle = await FillAsync(dataSource);
        var recorder = new Recorder();
        await using var context = new RunsDbContext(new DbContextOptionsBuilder<RunsDbContext>().UseNpgsql(dataSource).AddInterceptors(recorder).Options);
        var reader = new RunReader(context);
        (string Name, RunFilter Filter)[] cases =
        [
            ("newest", new RunFilter { Limit = 50 }),
            ("largest page", new RunFilter { Limit = 200 }),
            ("from the middle", new RunFilter { Limit = 50, After = middle }),
            ("rare state", new RunFilter { Limit = 50, States = [RunState.Queued, RunState.Running] }),
            ("common state", new RunFilter { Limit = 50, States = [RunState.Succeeded] }),
            ("experiment", new RunFilter { Limit = 50, Experiment = "experiment 7" }),
            ("experiment and state", new RunFilter { Limit = 50, Experiment = "experiment 7", States = [RunState.Failed] }),
        ];

        foreach (var (name, filter) in cases)
        {
            recorder.Commands.Clear();
            var page = await reader.ListAsync(filter, Cancellation);
            Assert.NotEmpty(page.Items);
            var (sql, parameters) = Assert.Single(recorder.Commands);
            var scanned = Scans(await ExplainAsync(dataSource, sql, parameters)).Where(node => node.StartsWith("Seq Scan", StringComparison.Ordinal));
            Assert.True(!scanned.Any(), $"{name}: {string.Join(", ", scanned)}");

            var times = new List<TimeSpan>();
            for (var i = 0; i < Repetitions; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await reader.ListAsync(filter, Cancellation);
                times.Add(Stopwatch.GetElapsedTime(began));
            }

            times.Sort();
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{name}: median {times[Repetitions / 2].TotalMilliseconds:0.0} ms, p95 {times[(int)(Repetitions * 0.95)].TotalMilliseconds:0.0} ms");
            Assert.True(times[Repetitions / 2] < Bound, $"{name}: median {times[Repetitions / 2].TotalMilliseconds:0.0} ms");
        }
    }

    // 100,000 runs, of which 20 wait and 4 are in work, in 100 experiments, with the summaries of their six metrics.
    private static async Task<Guid> FillAsync(NpgsqlDataSource dataSource)
    {
        await using var fill = dataSource.CreateCommand(
            $$"""
            insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, created_at, updated_at, started_at, finished_at, worker,
                lease_expires_at, failure_class, failure_message, epochs)
            select ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex((n / 16) % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                'run ' || n, 'experiment ' || n % 100, state, 'cpu', '{"data": {"dataset": {"name": "xor"} }, "model": {"kind": "mlp"}, "training": {"optimizer": {"name": "adam"} } }',
                repeat('0', 64), 1, now(), now(), now(), case when state in ('succeeded', 'failed') then now() end,
                case when state = 'running' then 'w' end, case when state = 'running' then now() end,
                case when state = 'failed' then 'diverged' end, case when state = 'failed' then 'message' end, 10
            from (select n, case when n % 5000 = 0 then 'queued' when n % 25000 = 1 then 'running' when n % 50 = 7 then 'failed' else 'succeeded' end as state
                from generate_series(1, {{Count}}) as n) as numbered;
            insert into metric_summaries
            select id, metric, random(), random(), 5 from runs, unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric;
            analyze;
            """);
        fill.CommandTimeout = 120;
        await fill.ExecuteNonQueryAsync(Cancellation);
        await using var pick = dataSource.CreateCommand($"select id from runs where name = 'run {Count / 2}'");
        return (Guid)(await pick.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<JsonNode> ExplainAsync(NpgsqlDataSource dataSource, string sql, List<NpgsqlParameter> parameters)
    {
        await using var command = dataSource.CreateCommand($"explain (format json) {sql}");
        parameters.ForEach(parameter => command.Parameters.Add(parameter));
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync(Cancellation))!)![0]!["Plan"]!;
    }

    private static IEnumerable<string> Scans(JsonNode plan) =>
        (plan["Relation Name"] is { } relation ? new[] { $"{plan["Node Type"]} on {relation}" } : [])
        .Concat((plan["Plans"]?.AsArray() ?? []).SelectMany(child => Scans(child!)));

    private sealed class Recorder : DbCommandInterceptor
    {
        public List<(string Sql, List<NpgsqlParameter> Parameters)> Commands { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Commands.Add((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]));
            return ValueTask.FromResult(result);
        }
    }
}
