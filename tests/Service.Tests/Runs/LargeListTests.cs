using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trainyard.Service.Filters;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Tests.Runs;

/// <summary>The list of many runs: read from indexes, and equal to a plain query. bench/lists measures it.</summary>
[Trait("Needs", "database")]
public sealed class LargeListTests(LargeListTests.ManyRuns many) : IClassFixture<LargeListTests.ManyRuns>
{
    private const int Count = 20_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statements_OfEveryOrder_ScanNoTable()
    {
        var app = many.App;
        var pointers = app.Services.GetRequiredService<SpecPointers>();
        foreach (var name in (string[])["created", "name", "-state", "-epoch", "elapsed", "-metric.validation_accuracy.best", "metric.train_loss.latest", "param.training.optimizer.learningRate", "-param.training.batchSize"])
        {
            var sort = RunSort.Parse(name)!;
            sort = sort.Pointer is { } pointer ? sort.Indexed(await pointers.FindAsync(pointer, Cancellation)) : sort;
            var sql = new RunListSql(new RunFilter { Limit = 50, Sort = sort });
            foreach (var statement in (NpgsqlCommand[])[sort.Value is null ? sql.ById(50) : sql.InOrder(50), .. sort.Optional ? [sql.WithoutValue(50)] : (NpgsqlCommand[])[]])
            {
                await AssertNoTableScanAsync(app.DataSource, statement);
            }
        }

        foreach (var filter in (RunFilter[])[new() { Limit = 50, States = [RunState.Queued, RunState.Running] }, new() { Limit = 50, Experiment = "experiment 7" }, new() { Limit = 50, Query = ["half"] }])
        {
            await AssertNoTableScanAsync(app.DataSource, new RunListSql(filter).Matches());
        }

        foreach (var where in (string[])["name ~ 'run 77'", "name = 'run 77'", "seed = 77", "created < 2020-01-01", "accuracy > 0.99 and learningRate > 0.99"])
        {
            var sql = new RunListSql(new RunFilter { Limit = 50, Where = FilterExpression.Parse(where) });
            foreach (var statement in (NpgsqlCommand[])[sql.ById(50), sql.Next(sql.FirstLook, 50)])
            {
                await AssertNoTableScanAsync(app.DataSource, statement);
            }
        }
    }

    [Fact]
    public async Task Walk_OfEveryOrder_ReadsItsIndexAndHashesTheSets()
    {
        var app = many.App;
        var pointers = app.Services.GetRequiredService<SpecPointers>();
        foreach (var name in (string[])["-created", "name", "-state", "epoch", "elapsed", "-metric.validation_accuracy.best", "param.training.optimizer.learningRate"])
        {
            var sort = RunSort.Parse(name)!;
            sort = sort.Pointer is { } pointer ? sort.Indexed(await pointers.FindAsync(pointer, Cancellation)) : sort;
            foreach (var where in (string[])["train_loss.latest > 0.9 and learningRate > 0.5", "not train_loss.latest < 0.9 or state = failed", "experiment = 'experiment 7' or epoch > 9"])
            {
                var sql = await RunListSql.CountedAsync(app.DataSource, new RunFilter { Limit = 50, Sort = sort, Where = FilterExpression.Parse(where) }, Cancellation);
                Assert.True(sql.CanWalk);
                foreach (var statement in (NpgsqlCommand[])[sql.Walk(50), sql.Walk([Guid.CreateVersion7()], 50)])
                {
                    var plan = await PlanAsync(app.DataSource, statement);
                    Assert.DoesNotMatch(@"Seq Scan on (runs|run_parameters|metric_summaries)|\bSort\b|\(SubPlan \d+\) IS TRUE", plan);
                    Assert.Contains("hashed SubPlan", plan, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task List_FilteredPageByPage_EqualsAPlainQuery()
    {
        var app = many.App;
        await using var scope = app.Services.CreateAsyncScope();
        var list = scope.ServiceProvider.GetRequiredService<RunList>();
        const string Rate = "r.spec #> '{training,optimizer,learningRate}'";
        const string Loss = "(select latest from metric_summaries m where m.run_id = r.id and metric = 'train_loss')";
        foreach (var (name, value, tag, where, condition) in ((string, string, string?, string?, string)[])
        [
            ("param.training.optimizer.learningRate", Rate, "baseline", null, "true"),
            ("-param.training.optimizer.learningRate", Rate, "late", null, "true"),
            ("param.training.optimizer.learningRate", Rate, "late", null, "true"),
            ("param.training.batchSize", "r.spec #> '{training,batchSize}'", "week 3", null, "true"),
            ("-epoch", "r.epoch", "late", null, "true"),
            ("metric.train_loss.latest", Loss, "late", null, "true"),
            ("-created", "null::text", null, "name ~ 'RUN 77'", "name ilike '%run 77%'"),
            ("created", "null::text", "baseline", "learningRate < 0.5 and not train_loss.latest < 0.2", $"({Rate})::float8 < 0.5 and coalesce({Loss} >= 0.2, true)"),
            ("-param.training.batchSize", "r.spec #> '{training,batchSize}'", null, "learningRate > 0.8 or elapsed < 1", $"(({Rate})::float8 > 0.8 or elapsed_seconds < 1)"),
            ("param.training.optimizer.learningRate", Rate, null, "learningRate > 0.6 and epoch != 3", $"({Rate})::float8 > 0.6 and epoch <> 3"),
            // Few and many in one expression, rare in every order, and by the order's own value.
            ("param.training.optimizer.learningRate", Rate, null, "not train_loss.latest > 0.01", $"coalesce({Loss} <= 0.01, true)"),
            ("-epoch", "r.epoch", null, "not (train_loss.latest > 0.01 or learningRate > 0.7)", $"coalesce({Loss} <= 0.01, true) and ({Rate})::float8 <= 0.7"),
            ("created", "null::text", "baseline", "not train_loss.latest > 0.05 and elapsed > 10", $"coalesce({Loss} <= 0.05, true) and elapsed_seconds > 10"),
            ("-param.training.batchSize", "r.spec #> '{training,batchSize}'", "late", "learningRate > 0.2 and (seed = 2 or not epoch > 5)", $"epoch <= 5 and ({Rate})::float8 > 0.2"),
            ("metric.train_loss.latest", Loss, null, "train_loss.latest > 0.4 and train_loss.latest < 0.9", $"{Loss} > 0.4 and {Loss} < 0.9"),
            ("-metric.train_loss.latest", Loss, null, "epoch > 4", "epoch > 4"),
            ("epoch", "r.epoch", null, "epoch > 9", "epoch > 9"),
            // Sets that are hashed while the order is read, alone and beside conditions that are tested, with runs that lack the value of the order.
            ("param.training.optimizer.learningRate", Rate, null, "train_loss.latest > 0.8 and epoch > 5", $"{Loss} > 0.8 and epoch > 5"),
            ("-metric.train_loss.latest", Loss, null, "learningRate < 0.1 or epoch = 3", $"(({Rate})::float8 < 0.1 or epoch = 3)"),
            ("metric.train_loss.latest", Loss, "baseline", "not learningRate < 0.2 and name ~ 7", $"({Rate})::float8 >= 0.2 and name like '%7%'"),
            ("created", "null::text", null, "train_loss.latest < 0.1 and name ~ 7", $"{Loss} < 0.1 and name like '%7%'"),
            ("-name", "lower(r.name)", null, "train_loss.latest < 0.1 and experiment != 'experiment 7'", $"{Loss} < 0.1 and experiment <> 'experiment 7'"),
        ])
        {
            var sort = RunSort.Parse(name)!;
            var order = sort.Descending ? "desc" : "asc";
            var expected = await Queue.TestRuns.ColumnAsync(
                app.DataSource, $"select id from runs r where {(tag is null ? "" : $"tags @> array['{tag}'] and ")}({condition}) order by {value} {order} nulls last, {(sort.Optional ? $"case when {value} is not null then id end {order}, id desc" : $"id {order}")}");

            var matching = new RunFilter { Limit = 200, Sort = sort, Tags = tag is null ? [] : [tag], Where = where is null ? null : FilterExpression.Parse(where) };
            Assert.Equal(expected.Count, await list.CountAsync(matching, Cancellation));
            List<string> seen = [];
            RunCursor? after = null;
            do
            {
                var page = await list.ReadAsync(matching with { After = after }, Cancellation);
                seen.AddRange(page.Items.Select(run => $"{run.Id}"));
                after = page.Next is null ? null : RunCursor.Parse(page.Next, sort);
            }
            while (after is not null);

            Assert.Equal(expected, seen);
        }
    }

    // Runs in 100 experiments, with a spec that differs in learning rate and batch size, those parameters, and the summaries of six metrics.
    private static async Task FillAsync(TestApp app)
    {
        await app.Http.SubmitAsync(await File.ReadAllTextAsync(Repository.PathOf("examples", "quickstart.json"), Cancellation));
        await using var fill = app.DataSource.CreateCommand(
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
                from generate_series(1, {Count}) as n) as numbered;
            alter table runs enable trigger runs_keep_parameters;
            update runs set tags = tags || array['late'] where (spec #>> array['training', 'optimizer', 'learningRate'])::double precision > 0.8;
            insert into run_parameters select 0, shape.value, runs.id from runs, run_parameters as shape where shape.parameter = 0 and runs.id <> shape.run_id;
            insert into run_parameters select known.id, spec #> string_to_array(substr(pointer, 2), '/'), runs.id from runs, spec_pointers as known
                where name like 'run %' and pointer in ('/training/optimizer/learningRate', '/training/batchSize', '/data/validationFraction');
            insert into metric_summaries
            select id, metric, random(), random(), 5 from runs, unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric
                where hashtext(id::text) % 100 <> 0;
            update metric_summaries set latest = null where metric = 'train_loss' and hashtext(run_id::text) % 100 = 1;
            """);
        fill.CommandTimeout = 120;
        await fill.ExecuteNonQueryAsync(Cancellation);

        // As autovacuum leaves them.
        foreach (var table in (string[])["runs", "run_parameters", "metric_summaries"])
        {
            await using var vacuum = app.DataSource.CreateCommand($"vacuum analyze {table}");
            vacuum.CommandTimeout = 120;
            await vacuum.ExecuteNonQueryAsync(Cancellation);
        }
    }

    private static async Task AssertNoTableScanAsync(NpgsqlDataSource dataSource, NpgsqlCommand statement) =>
        Assert.DoesNotMatch("Seq Scan on (runs|run_parameters|metric_summaries)", await PlanAsync(dataSource, statement));

    // The plan and the statement.
    private static async Task<string> PlanAsync(NpgsqlDataSource dataSource, NpgsqlCommand statement)
    {
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using var command = statement;
        command.Connection = connection;
        command.CommandText = $"explain {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = "";
        while (await reader.ReadAsync(Cancellation))
        {
            plan += $"{reader.GetString(0)}\n";
        }

        return $"{plan}{command.CommandText}";
    }

    /// <summary>A service with many runs, filled once: no test changes them.</summary>
    public sealed class ManyRuns(DatabaseServer server) : IAsyncLifetime
    {
        internal TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await TestApp.StartAsync(server);
            await FillAsync(App);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
