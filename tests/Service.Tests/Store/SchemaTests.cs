using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Store;

public sealed class SchemaTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Update_TwoNodesAtOnceOnAnEmptyDatabase_AppliesEachFileOnce()
    {
        var connectionString = await server.CreateEmptyDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DatabaseServer.MigrateAsync(connectionString), Cancellation)));

        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        Assert.Equal(SqlFile.Embedded.Select(file => file.Name), await ColumnAsync(dataSource, "select name from schema_files order by name"));
        Assert.Equal(
            SqlFile.Embedded.Select(file => file.Name),
            await ColumnAsync(dataSource, """select "MigrationId" from "__EFMigrationsHistory" order by 1"""));
    }

    [Fact]
    public async Task Update_FileChangedAfterItWasApplied_NamesTheFile()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand("update schema_files set sha256 = repeat('0', 64) where name = '0001_runs'");
        await command.ExecuteNonQueryAsync(Cancellation);

        var problem = await Assert.ThrowsAsync<StartupException>(() => DatabaseServer.MigrateAsync(connectionString));

        Assert.Contains("migrations/0001_runs.sql changed", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_DatabaseOfANewerVersion_SaysSo()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand("insert into schema_files values ('9999_future', repeat('0', 64), now())");
        await command.ExecuteNonQueryAsync(Cancellation);

        var problem = await Assert.ThrowsAsync<StartupException>(() => DatabaseServer.MigrateAsync(connectionString));

        Assert.Contains("9999_future", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_StoreOfThePreviousVersion_KeepsItsRunsAndGivesThemTheirParameters()
    {
        await using var dataSource = NpgsqlDataSource.Create(await server.CreateEmptyDatabaseAsync());
        await TestRuns.ExecuteAsync(
            dataSource,
            """
            create table schema_files (name text primary key, sha256 text not null, applied_at timestamptz not null);
            create table "__EFMigrationsHistory" ("MigrationId" varchar(150) primary key, "ProductVersion" varchar(32) not null)
            """);
        foreach (var file in SqlFile.Embedded.TakeWhile(file => file.Name != "0006_run_parameters"))
        {
            await TestRuns.ExecuteAsync(
                dataSource,
                $"{file.Sql}; insert into schema_files values ('{file.Name}', '{file.Sha256}', now()); insert into \"__EFMigrationsHistory\" values ('{file.Name}', '10.0.0')");
        }

        var run = await TestRuns.AddAsync(dataSource, "old", epochs: 7);
        await DatabaseServer.MigrateAsync(dataSource.ConnectionString);
        var young = await TestRuns.AddAsync(dataSource, "young", epochs: 8);

        Assert.Equal(
            [$"{run} 7", $"{young} 8"],
            await ColumnAsync(
                dataSource, "select run_id || ' ' || value from run_parameters join spec_pointers on id = parameter where pointer = '/training/epochs' order by value"));
        Assert.Equal(
            ["2"], await ColumnAsync(dataSource, "select count(*)::text from run_parameters join spec_shapes on to_jsonb(id) = value where parameter = 0"));
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
                and c.relname not in ('schema_files', '__EFMigrationsHistory')
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
