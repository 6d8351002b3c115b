using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Store;

/// <summary>Starts the private server or waits for the external one, and applies migrations, before anything else starts.</summary>
internal sealed partial class StoreStart(
    IServiceProvider services, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<StoreStart> logger) : IHostedService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly EmbeddedPostgres? embedded = services.GetService<EmbeddedPostgres>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (embedded is not null)
        {
            await embedded.StartAsync(cancellationToken);
        }
        else
        {
            await WaitForServerAsync(cancellationToken);
        }

        try
        {
            await Task.Run(() => Schema.Migrate(dataSource, LogMigration), cancellationToken);
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

    private async Task WaitForServerAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateDatabaseAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (StoreFailure.IsUnavailable(exception))
            {
                if (clock.GetElapsedTime(began) > Timeout)
                {
                    throw new StartupException(
                        $"PostgreSQL did not respond within {Timeout.TotalSeconds:0} s: {exception.Message} Check ConnectionStrings__Postgres and the server.", exception);
                }

                LogWaiting(exception.Message);
            }
            catch (PostgresException exception)
            {
                throw new StartupException($"PostgreSQL refuses the connection: {exception.MessageText}. Check ConnectionStrings__Postgres.", exception);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for PostgreSQL: {Reason}")]
    private partial void LogWaiting(string reason);
}
