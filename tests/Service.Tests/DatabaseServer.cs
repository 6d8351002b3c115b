using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trainyard.Service.Postgres;
using Trainyard.Service.Store;
using Trainyard.Service.Workers;

[assembly: AssemblyFixture(typeof(Trainyard.Service.Tests.DatabaseServer))]

// Most of their time tests wait for a database, a trainer or a lease.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Trainyard.Service.Tests;

// One private PostgreSQL for the test process, run by the service's own code, with a migrated template database that each test gets a copy of. The first test
// that needs it starts it.
public sealed class DatabaseServer : IAsyncDisposable
{
    private const string Template = "template_runs";

    private readonly TemporaryFolder folder = new();
    private readonly SemaphoreSlim templateLock = new(1, 1);
    private EmbeddedPostgres? server;
    private int databases;

    // Creates a migrated database without rows. Returns its connection string.
    public Task<string> CreateDatabaseAsync() => CreateAsync($"template {Template} strategy file_copy");

    public Task<string> CreateEmptyDatabaseAsync() => CreateAsync("");

    public static async Task MigrateAsync(string connectionString)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        Schema.Migrate(dataSource, _ => { });
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
        templateLock.Dispose();
    }

    private async Task StartAsync()
    {
        server = new EmbeddedPostgres(
            new EmbeddedPostgresOptions
            {
                Folder = folder.File("postgres"),
                // The data lives for one test run, and many tests connect at once.
                Settings = new Dictionary<string, string> { ["fsync"] = "off", ["synchronous_commit"] = "off", ["max_connections"] = "400" },
            },
            TimeProvider.System,
            NullLogger<EmbeddedPostgres>.Instance);
        await server.StartAsync(CancellationToken.None);
        await ExecuteAsync($"create database {Template}");
        await MigrateAsync(Connection(Template));
        await using (var dataSource = NpgsqlDataSource.Create(Connection(Template)))
        await using (var connection = await dataSource.OpenConnectionAsync())
        {
            HangfireSetup.InstallSchema(connection);
        }

        await ExecuteAsync($"alter database {Template} with is_template true allow_connections false");
    }

    private async Task<string> CreateAsync(string options)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await templateLock.WaitAsync();
        try
        {
            if (server is null)
            {
                await StartAsync();
            }

            await ExecuteAsync($"create database {name} {options}");
        }
        finally
        {
            templateLock.Release();
        }

        return Connection(name);
    }

    private string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(server!.ConnectionString) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
