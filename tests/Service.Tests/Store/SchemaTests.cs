using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Store;

[Trait("Needs", "database")]
public sealed class SchemaTests(DatabaseServer server)
{
    // The server ends connections during the start, as one that is restarted does: in migrations of the service and of Hangfire.
    [Fact]
    public async Task Start_DatabaseGoesAwayInIt_IsRepeated()
    {
        var connectionString = await server.CreateEmptyDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await TestRuns.ExecuteAsync(
            dataSource,
            """
            create schema fault;
            create sequence fault.commands;
            create function fault.happen() returns event_trigger language plpgsql as $$
            begin
                if nextval('fault.commands') in (2, 30, 80) then
                    perform pg_terminate_backend(pg_backend_pid());
                    perform pg_sleep(1);
                end if;
            end
            $$;
            create event trigger fault on ddl_command_start execute function fault.happen();
            """);

        await using var app = await TestApp.StartAsync(server, connectionString: connectionString);

        Assert.True((long)(await TestRuns.ScalarAsync(dataSource, "select last_value from fault.commands"))! > 80);
        await app.Http.SubmitAsync();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_SeveralProcessesAtOnceOnAnEmptyDatabase_AppliesEachFileOnce()
    {
        var connectionString = await server.CreateEmptyDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DatabaseServer.MigrateAsync(connectionString), Cancellation)));

        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        Assert.Equal(
            Directory.GetFiles(Repository.PathOf("migrations")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            await ColumnAsync(dataSource, "select name from migrations where version <> '0' and success order by id"));
    }

    [Fact]
    public async Task Migrate_FileChangedAfterItWasApplied_NamesTheFile()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await TestRuns.ExecuteAsync(dataSource, "update migrations set checksum = repeat('0', 32) where version = '0002'");

        var exception = await Assert.ThrowsAsync<StartupException>(() => DatabaseServer.MigrateAsync(connectionString));

        Assert.Contains("V0002__events.sql", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task Migrate_DatabaseOfANewerVersion_NamesTheUnknownFile()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await TestRuns.ExecuteAsync(
            dataSource,
            """
            insert into migrations (type, version, description, name, checksum, installed_by, success)
            values (0, '9999', 'future', 'V9999__future.sql', repeat('0', 32), 'test', true)
            """);

        var exception = await Assert.ThrowsAsync<StartupException>(() => DatabaseServer.MigrateAsync(connectionString));

        Assert.Contains("V9999__future.sql", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task Parameters_OfARun_FollowItsSpecAndGoWithIt()
    {
        await using var dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        var (run, other) = (await TestRuns.AddAsync(dataSource, epochs: 7), await TestRuns.AddAsync(dataSource, epochs: 7));
        const string Of = "select pointer || ' ' || value from run_parameters join spec_pointers on id = parameter where run_id = ";
        var before = await ColumnAsync(dataSource, $"{Of}'{run}' order by 1");

        await TestRuns.ExecuteAsync(
            dataSource,
            $$$"""
            update runs set spec = jsonb_set(spec, '{training,epochs}', '9') ||
                '{"model": {"kind": "cnn", "blocks": [{"filters": 8, "pool": "max"}, {"filters": 16}], "layers": [], "dense": [4, 2]}}'
            where id = '{{{run}}}'
            """);
        var after = await ColumnAsync(dataSource, $"{Of}'{run}' order by 1");
        await TestRuns.ExecuteAsync(dataSource, $"delete from runs where id = '{run}'");

        Assert.Contains("/training/epochs 7", before);
        Assert.Equal(
            ["/model/blocks/*/filters [8, 16]", "/model/blocks/*/pool [\"max\"]", "/model/dense [4, 2]", "/model/kind \"cnn\""],
            after.Where(line => line.StartsWith("/model", StringComparison.Ordinal)));
        Assert.Contains("/training/epochs 9", after);
        Assert.Equal([$"{other}"], await ColumnAsync(dataSource, "select distinct run_id::text from run_parameters"));
        await TestRuns.ExecuteAsync(dataSource, "truncate runs cascade");
        Assert.Empty(await ColumnAsync(dataSource, "select run_id::text from run_parameters"));
    }

    [Fact]
    public async Task Parameters_OfManyRunsAtOnceThatBringNewPointers_AreStored()
    {
        await using var dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TestRuns.AddAsync(dataSource)));

        Assert.Equal(["16"], await ColumnAsync(dataSource, "select count(distinct run_id)::text from run_parameters where parameter = 0"));
        Assert.Equal(["1"], await ColumnAsync(dataSource, "select count(*)::text from spec_shapes"));
        Assert.Equal(["0"], await ColumnAsync(dataSource, "select (count(*) % 16)::text from run_parameters"));
    }

    [Fact]
    public async Task MetricGaps_FromSubmissionToTheFirstValue_AreTheMetricsWithoutARow()
    {
        await using var dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        var (run, other) = (await TestRuns.AddAsync(dataSource), await TestRuns.AddAsync(dataSource));
        async Task<List<string>> GapsAsync(Guid id) => await ColumnAsync(dataSource, $"select metric from metric_gaps where run_id = '{id}' order by metric");
        Assert.Equal(MetricNames.All.Order(StringComparer.Ordinal), await GapsAsync(run));

        // The second statement replaces a value, as each later epoch does.
        const string Store = "insert into metric_summaries values ('{0}', 'train_loss', null, null, null), ('{0}', 'top5_accuracy', 1, 1, 1) on conflict (run_id, metric) do update set latest = 2";
        await TestRuns.ExecuteAsync(dataSource, Store.Replace("{0}", $"{run}", StringComparison.Ordinal));
        await TestRuns.ExecuteAsync(dataSource, Store.Replace("{0}", $"{run}", StringComparison.Ordinal));
        Assert.Equal(MetricNames.All.Where(metric => metric != "train_loss").Order(StringComparer.Ordinal), await GapsAsync(run));

        await TestRuns.ExecuteAsync(dataSource, $"delete from runs where id = '{run}'");
        Assert.Empty(await GapsAsync(run));
        Assert.Equal(MetricNames.All.Count, (await GapsAsync(other)).Count);
        await TestRuns.ExecuteAsync(dataSource, "truncate runs cascade");
        Assert.Empty(await GapsAsync(other));
    }

    [Fact]
    public async Task Model_EveryTable_HasTheColumnsTypesAndKeysOfTheSchema()
    {
        await using var dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await using var context = new RunsDbContext(new DbContextOptionsBuilder<RunsDbContext>().UseNpgsql(dataSource).Options);

        var expected = await ColumnAsync(
            dataSource,
            """
            select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then ' not null' else '' end,
                case when a.attnum = any (i.indkey) then ' key' else '' end)
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            left join pg_index i on i.indrelid = c.oid and i.indisprimary
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
                and c.relname <> 'migrations'
            """);
        var actual = context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property => Describe(entity, property)));

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    private static string Describe(IEntityType entity, IProperty property) =>
        $"{entity.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()}"
        + (property.IsNullable ? "" : " not null") + (property.IsPrimaryKey() ? " key" : "");

    private static async Task<List<string>> ColumnAsync(NpgsqlDataSource dataSource, string sql)
    {
        List<string> values = [];
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
