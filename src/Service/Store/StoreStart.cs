using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Store;

/// <summary>Starts the private server or waits for the external one, and applies migrations, before anything else starts.</summary>
internal sealed partial class StoreStart(
    IServiceProvider services, NpgsqlDataSource dataSource, StoreRetry retry, ILogger<StoreStart> logger) : IHostedService
{
    private readonly EmbeddedPostgres? embedded = services.GetService<EmbeddedPostgres>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (embedded is not null)
        {
            await embedded.StartAsync(cancellationToken);
        }
        else
        {
            await retry.RunAsync(ConnectAsync, cancellationToken);
        }

        try
        {
            await retry.RunAsync(MigrateAsync, cancellationToken);
        }
        catch
        {
            // The host does not stop a service whose start failed.
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (embedded is not null)
        {
            // The server logs an error for each connection that a fast shutdown terminates.
            dataSource.Clear();
            await embedded.StopAsync();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(cancellationToken);
        }
        catch (PostgresException exception) when (!StoreFailure.IsUnavailable(exception))
        {
            throw new StartupException($"PostgreSQL refuses the connection: {exception.MessageText}. Check ConnectionStrings__Postgres.", exception);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await Task.Run(() => Schema.Migrate(dataSource, LogMigration), cancellationToken);
        if (await ConnectionLimit.FindShortageAsync(dataSource, cancellationToken) is { } shortage)
        {
            LogShortage(shortage);
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<RunsDbContext>().GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process created it.
        }
        catch (PostgresException exception)
        {
            throw new StartupException($"The database does not exist and cannot be created: {exception.MessageText}. Create it, or check ConnectionStrings__Postgres.", exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Evolve: {Message}")]
    private partial void LogMigration(string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shortage}")]
    private partial void LogShortage(string shortage);
}
