using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Store;

/// <summary>Starts the private server if there is one, waits for the database, and brings its tables up to date, before anything else starts.</summary>
internal sealed partial class StoreStart(
    IServiceProvider services, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<StoreStart> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly EmbeddedPostgres? embedded = services.GetService<EmbeddedPostgres>();

    /// <inheritdoc/>
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
            // A host whose start failed stops nothing.
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (embedded is not null)
        {
            // A pooled connection would keep nothing alive, but a fast shutdown would log it as an error.
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
            catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateDatabaseAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException problem) when (StoreFailure.IsAway(problem))
            {
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new StartupException(
                        $"PostgreSQL did not answer within {Patience.TotalSeconds:0} s: {problem.Message} Check ConnectionStrings__Postgres and the server.", problem);
                }

                LogWaiting(problem.Message);
            }
            catch (PostgresException problem)
            {
                throw new StartupException($"PostgreSQL refuses the connection: {problem.MessageText}. Check ConnectionStrings__Postgres.", problem);
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
        catch (PostgresException problem) when (problem.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node was faster.
        }
        catch (PostgresException problem)
        {
            throw new StartupException($"The database does not exist and cannot be made: {problem.MessageText}. Make it, or check ConnectionStrings__Postgres.", problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Evolve: {Message}")]
    private partial void LogMigration(string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for PostgreSQL: {Problem}")]
    private partial void LogWaiting(string problem);
}
