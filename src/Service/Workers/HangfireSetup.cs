using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>Adds the Hangfire dispatcher: its storage in schema <c>hangfire</c> of the service's own database, and its dashboard.</summary>
internal static class HangfireSetup
{
    private static readonly TimeSpan JobPoll = TimeSpan.FromSeconds(1);

    public static void AddHangfireDispatcher(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHostedService<SchemaStart>();
        services.AddSingleton<JobStorage>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<QueueOptions>>().Value;
            return GlobalConfiguration.Configuration.UsePostgreSqlStorage(
                bootstrap => bootstrap.UseConnectionFactory(new Connections(provider.GetRequiredService<NpgsqlDataSource>())),
                new PostgreSqlStorageOptions
                {
                    // A job of a dead server is delivered again when the lease of its run is over too.
                    UseSlidingInvisibilityTimeout = true,
                    InvisibilityTimeout = options.Lease,

                    // A job that this process enqueues wakes it at once; one of another process is found by looking. Long polling would
                    // wait for its listening connection after each fetched job, and where that does not return, job and thread hang.
                    EnableLongPolling = false,
                    QueuePollInterval = options.Poll < JobPoll ? options.Poll : JobPoll,

                    // Hosts are put together before the database is there: SchemaStart makes the tables.
                    PrepareSchemaIfNecessary = false,
                }).Entry;
        });
        services.AddHangfire(configuration => configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        services.AddSingleton<HangfireDispatcher>();
    }

    /// <summary>Maps the dashboard at <c>/hangfire</c>: for local requests, and to read only, since runs are cancelled over the API.</summary>
    public static void MapHangfireDispatcher(this WebApplication app)
    {
        if (app.Services.GetService<JobStorage>() is { } storage)
        {
            app.MapHangfireDashboard("/hangfire", new() { DashboardTitle = "Trainyard queue", IsReadOnlyFunc = _ => true }, storage);
        }
    }

    private sealed class Connections(NpgsqlDataSource dataSource) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
    }

    private sealed class SchemaStart(RunQueue queue, NpgsqlDataSource dataSource) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var alone = await queue.LockAsync(QueueSql.HangfireSchemaLock, cancellationToken);
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            PostgreSqlObjectsInstaller.Install(connection, new PostgreSqlStorageOptions().SchemaName);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
