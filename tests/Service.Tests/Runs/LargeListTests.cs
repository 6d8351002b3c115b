using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Tests.Runs;

/// <summary>The list of 100,000 runs: every part is read through indexes, and is what a plain query says.</summary>
public sealed class LargeListTests(DatabaseServer server)
{
    private const int Count = 100_000;
    private const int Repetitions = 40;

    // bench/lists measures medians well below 50 ms, and more where the whole order is read. The bound leaves room for a machine that does other things.
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfHundredThousandRuns_UsesIndexes()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync(await File.ReadAllTextAsync(Repository.PathOf("examples", "quickstart.json"), Cancellation));
        var middle = await FillAsync(app.DataSource);
        await using var scope = app.Services.CreateAsyncScope();
        var list = scope.ServiceProvider.GetRequiredService<RunList>();
        static RunFilter Sorted(string sort) => new() { Limit = 50, Sort = RunSort.Parse(sort)! };
        (string Name, RunFilter Filter)[] cases =
        [
            ("newest", new RunFilter { Limit = 50 }),
            ("largest page", new RunFilter { Limit = 200 }),
            ("from the middle", new RunFilter { Limit = 50, After = new RunCursor("", null, middle) }),
            ("rare state", new RunFilter { Limit = 50, States = [RunState.Queued, RunState.Running] }),
            ("common state", new RunFilter { Limit = 50, States = [RunState.Succeeded] }),
            ("experiment", new RunFilter { Limit = 50, Experiment = "experiment 7" }),
            ("experiment and state", new RunFilter { Limit = 50, Experiment = "experiment 7", States = [RunState.Failed] }),
            ("tag", new RunFilter { Limit = 50, Tag = "baseline" }),
            ("q, a common word", new RunFilter { Limit = 50, Query = ["run"] }),
            ("q, a rare word", new RunFilter { Limit = 50, Query = ["half"] }),
            ("q, two words", new RunFilter { Limit = 50, Query = ["experiment", "99"] }),
            ("q by best accuracy", Sorted("-metric.validation_accuracy.best") with { Query = ["learning", "half"] }),
            ("by name", Sorted("name")),
            ("by state", Sorted("-state")),
            ("by epoch", Sorted("-epoch")),
            ("by elapsed time", Sorted("elapsed")),
            ("by best accuracy", Sorted("-metric.validation_accuracy.best")),
            ("by latest loss", Sorted("metric.train_loss.latest")),
            ("by best accuracy, far down", Sorted("-metric.validation_accuracy.best") with { After = new RunCursor("", "0.1", middle) }),
            ("by learning rate", Sorted("param.training.optimizer.learningRate")),
            ("by batch size", Sorted("-param.training.batchSize")),
            ("by a parameter with one value", Sorted("param.data.validationFraction")),
            ("by a parameter that no run has", Sorted("param.data.trainLimit")),
            ("by learning rate, few runs", Sorted("param.training.optimizer.learningRate") with { Experiment = "experiment 7" }),
            ("by learning rate, many runs", Sorted("-param.training.optimizer.learningRate") with { Tag = "baseline" }),
            ("by learning rate, many runs far down", Sorted("param.training.optimizer.learningRate") with { Tag = "late" }),
            ("by learning rate, searched", Sorted("param.training.optimizer.learningRate") with { Query = ["half"], States = [RunState.Succeeded] }),
            ("q without a hit", new RunFilter { Limit = 50, Query = ["nowhere"] }),
            ("with six columns", new RunFilter
            {
                Limit = 50,
                Columns = [.. new[] { "param.training.batchSize", "param.training.optimizer.learningRate", "metric.train_loss", "metric.validation_loss", "metric.validation_accuracy", "metric.learning_rate" }
                    .Select(column => RunColumn.Parse(column)!)],
            }),
            ("counted", new RunFilter { Limit = 50, Count = true }),
        ];

        foreach (var (name, filter) in cases)
        {
            List<(string Sql, List<NpgsqlParameter> Parameters)> statements = [];
            list.Looking = command => statements.Add((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]));
            var page = await list.ReadAsync(filter, Cancellation);
            list.Looking = null;
            Assert.Equal(name == "q without a hit", page.Items.Count == 0);

            // Who looks for many runs in any order may read the table; so may who needs all of them.
            foreach (var (sql, parameters) in statements.Where(statement => !statement.Sql.Contains("materialized", StringComparison.Ordinal)
                && !statement.Sql.EndsWith($"limit {RunListSql.Few + 1}", StringComparison.Ordinal)))
            {
                var scanned = Scans(await ExplainAsync(app.DataSource, sql, parameters)).Where(node => node is "Seq Scan on runs" or "Seq Scan on run_parameters" or "Seq Scan on metric_summaries");
                Assert.True(!scanned.Any(), $"{name}: {sql}");
            }

            var times = new List<TimeSpan>();
            for (var i = 0; i < Repetitions; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await list.ReadAsync(filter, Cancellation);
                times.Add(Stopwatch.GetElapsedTime(began));
            }

            times.Sort();
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{name}: median {times[Repetitions / 2].TotalMilliseconds:0.0} ms, p95 {times[(int)(Repetitions * 0.95)].TotalMilliseconds:0.0} ms");
            var whole = statements.Exists(statement => statement.Sql.Contains("materialized", StringComparison.Ordinal));
            Assert.Equal(name.EndsWith("many runs far down", StringComparison.Ordinal), whole);
            Assert.True(times[Repetitions / 2] < (whole ? 4 : 1) * Bound, $"{name}: median {times[Repetitions / 2].TotalMilliseconds:0.0} ms");
        }
    }

    [Theory]
    [InlineData("param.training.optimizer.learningRate", "r.spec #> '{training,optimizer,learningRate}'", "baseline")]
    [InlineData("-param.training.optimizer.learningRate", "r.spec #> '{training,optimizer,learningRate}'", "late")]
    [InlineData("param.training.optimizer.learningRate", "r.spec #> '{training,optimizer,learningRate}'", "late")]
    [InlineData("param.training.batchSize", "r.spec #> '{training,batchSize}'", "week 3")]
    [InlineData("-epoch", "r.epoch", "late")]
    [InlineData("metric.train_loss.latest", "(select latest from metric_summaries m where m.run_id = r.id and metric = 'train_loss')", "late")]
    public async Task List_OfSomeOfManyRuns_IsThatOfAPlainQuery(string sort, string value, string tag)
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync(await File.ReadAllTextAsync(Repository.PathOf("examples", "quickstart.json"), Cancellation));
        await FillAsync(app.DataSource, 20_000);
        await using var scope = app.Services.CreateAsyncScope();
        var list = scope.ServiceProvider.GetRequiredService<RunList>();
        var order = sort.StartsWith('-') ? "desc" : "asc";
        var expected = await Queue.TestRuns.ColumnAsync(
            app.DataSource, $"select id from runs r where tags @> array['{tag}'] order by {value} {order} nulls last, id {order}");

        List<string> seen = [];
        for (RunCursor? after = null; ;)
        {
            var page = await list.ReadAsync(new RunFilter { Limit = 200, Sort = RunSort.Parse(sort)!, Tag = tag, After = after }, Cancellation);
            seen.AddRange(page.Items.Select(run => $"{run.Id}"));
            if (page.Next is null)
            {
                break;
            }

            after = RunCursor.Parse(page.Next, RunSort.Parse(sort)!);
        }

        Assert.Equal(expected, seen);
    }

    // 100,000 runs, of which 20 wait and 4 are in work, in 100 experiments, with the spec of the run
    // that is there, another learning rate and batch size each, and the summaries of their six metrics. Of their parameters only those that are looked at.
    private static async Task<Guid> FillAsync(NpgsqlDataSource dataSource, int count = Count)
    {
        await using var fill = dataSource.CreateCommand(
            $"""
            alter table runs disable trigger runs_keep_parameters;
            with first as materialized (select spec from runs)
            insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, training_flops, created_at, updated_at, started_at, finished_at, worker,
                lease_expires_at, failure_class, epochs, epoch, elapsed_seconds, tags, notes)
            select ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex((n / 16) % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                'run ' || n, 'experiment ' || n % 100, state, 'cpu', jsonb_set(jsonb_set((select spec from first), array['training', 'optimizer', 'learningRate'], to_jsonb(random())), array['training', 'batchSize'], to_jsonb(1 + n % 300)),
                repeat('0', 64), 1, 1, now(), now(), now(), case when state in ('succeeded', 'failed') then now() end,
                case when state = 'running' then 'w' end, case when state = 'running' then now() end,
                case when state = 'failed' then 'diverged' end, 10,
                n % 11, random() * 1000, case when n % 10 = 0 then array['baseline', 'week ' || n % 7] else array[]::text[] end,
                case when n % 1000 = 0 then 'The learning rate is too high, try half.' else '' end
            from (select n, case when n % 5000 = 0 then 'queued' when n % 25000 = 1 then 'running' when n % 50 = 7 then 'failed' else 'succeeded' end as state
                from generate_series(1, {count}) as n) as numbered;
            alter table runs enable trigger runs_keep_parameters;
            update runs set tags = tags || array['late'] where (spec #>> array['training', 'optimizer', 'learningRate'])::double precision between 0.8 and {(count == Count ? "0.84" : "2")};
            insert into run_parameters select 0, shape.value, runs.id from runs, run_parameters as shape where shape.parameter = 0 and runs.id <> shape.run_id;
            insert into run_parameters select known.id, spec #> string_to_array(substr(pointer, 2), '/'), runs.id from runs, spec_pointers as known
                where name like 'run %' and pointer in ('/training/optimizer/learningRate', '/training/batchSize', '/data/validationFraction');
            insert into metric_summaries
            select id, metric, random(), random(), 5 from runs, unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric;
            """);
        fill.CommandTimeout = 120;
        await fill.ExecuteNonQueryAsync(Cancellation);

        // As autovacuum leaves them.
        foreach (var table in (string[])["runs", "run_parameters", "metric_summaries"])
        {
            await using var vacuum = dataSource.CreateCommand($"vacuum analyze {table}");
            vacuum.CommandTimeout = 120;
            await vacuum.ExecuteNonQueryAsync(Cancellation);
        }

        await using var pick = dataSource.CreateCommand($"select id from runs where name = 'run {count / 2}'");
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
}
