using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Trainyard.Service.Store;

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
