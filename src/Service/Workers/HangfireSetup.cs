using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.Workers;

/// <summary>Adds Hangfire: its storage in schema <c>hangfire</c> of the service's own database, the enqueuer, and the dashboard.</summary>
internal static class HangfireSetup
{
    private const string DashboardPath = "/hangfire";

    public static void AddHangfire(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHostedService<SchemaInstaller>();
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<IGlobalConfiguration>(); // applied when first resolved
            return new PostgreSqlStorage(
                new ConnectionFactory(provider.GetRequiredService<NpgsqlDataSource>()),
                new PostgreSqlStorageOptions
                {
                    // A job of a dead server is delivered again after this time. Its run does not wait for that: the enqueuer gives it a new job.
                    UseSlidingInvisibilityTimeout = true,
                    InvisibilityTimeout = TimeSpan.FromMinutes(5),

                    // The enqueuer wakes idle slots; this poll is the safety net. Long polling would wait for its listening connection after each
                    // fetched job, and where that does not return, job and thread hang.
                    EnableLongPolling = false,
                    QueuePollInterval = TimeSpan.FromSeconds(15),

                    // A lock that could not be released (the database was full, or a process killed) holds up a slot until then.
                    DistributedLockTimeout = provider.GetRequiredService<IOptions<QueueOptions>>().Value.Lease,

                    // Hosts are built before the database is there: SchemaInstaller creates the tables.
                    PrepareSchemaIfNecessary = false,
                });
        });
        services.AddSingleton<JobStorage>(provider => provider.GetRequiredService<PostgreSqlStorage>());
        services.AddHangfire((provider, configuration) => configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings()
            .UseLogProvider(new LogProvider(provider.GetRequiredService<ILoggerFactory>())));
        services.AddHostedService<RunEnqueuer>();
    }

    /// <summary>Creates Hangfire's tables, or brings them up to date.</summary>
    public static void InstallSchema(NpgsqlConnection connection) => PostgreSqlObjectsInstaller.Install(connection, new PostgreSqlStorageOptions().SchemaName);

    /// <summary>Starts the server whose slots run <see cref="TrainingJob"/>.</summary>
    public static BackgroundJobServer StartHangfireServer(this IServiceProvider services, RunWorker worker) => new(
        new BackgroundJobServerOptions
        {
            ServerName = worker.Id,
            WorkerCount = worker.Options.SlotCount,
            Queues = [.. worker.Options.QueueList],
            Activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>()),
            ShutdownTimeout = TimeSpan.FromSeconds(28),

            // There are no delayed and no recurring jobs, and no job uses Hangfire's cancellation token.
            SchedulePollingInterval = TimeSpan.FromHours(1),
            CancellationCheckInterval = TimeSpan.FromHours(1),
        },
        services.GetRequiredService<PostgreSqlStorage>());

    // Maps the dashboard at /hangfire: for administrators, without authentication for local requests only (Hangfire's default). Read-only, since runs are
    // cancelled over the API.
    public static void MapHangfire(this WebApplication app)
    {
        var dashboard = new DashboardOptions { DashboardTitle = "Trainyard queue", IsReadOnlyFunc = _ => true };
        if (app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.Authentication == AuthenticationKind.Tokens)
        {
            dashboard.Authorization = [];
        }

        app.UseWhen(context => context.Request.Path.StartsWithSegments(DashboardPath, StringComparison.OrdinalIgnoreCase), pages => pages.Use(ShowAsync));
        app.MapHangfireDashboard(DashboardPath, dashboard, app.Services.GetRequiredService<PostgreSqlStorage>()).RequireScope(AccessScope.Admin);
    }

    // Its pages read the database synchronously, so it is asked first whether it answers; and they throw when the address names a job or a page that cannot be.
    private static async Task ShowAsync(HttpContext context, RequestDelegate next)
    {
        var services = context.RequestServices;
        try
        {
            await services.GetRequiredService<StoreWatch>().WaitAsync(AskAsync(services.GetRequiredService<NpgsqlDataSource>()));
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && StoreFailure.IsUnavailable(exception))
        {
            await Problem.StoreUnavailable(context.Response).ExecuteAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && exception is FormatException or OverflowException or ArgumentException)
        {
            await Problem.FromStatus(StatusCodes.Status404NotFound, context.Request).ExecuteAsync(context);
        }
        catch (InvalidDataException exception) when (!context.Response.HasStarted)
        {
            await Problem.FromStatus(StatusCodes.Status400BadRequest, context.Request, exception.Message).ExecuteAsync(context);
        }
    }

    private static async Task<object?> AskAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand("select 1");
        return await command.ExecuteScalarAsync(CancellationToken.None);
    }

    private sealed class ConnectionFactory(NpgsqlDataSource dataSource) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
    }

    // Hangfire keeps its log provider in a static: after a host was disposed, another one in the process must still get loggers.
    private sealed class LogProvider(ILoggerFactory factory) : ILogProvider, ILog
    {
        private readonly AspNetCoreLogProvider inner = new(factory);

        public ILog GetLogger(string name)
        {
            try
            {
                return inner.GetLogger(name);
            }
            catch (ObjectDisposedException)
            {
                return this;
            }
        }

        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }

    private sealed class SchemaInstaller(RunQueue queue, NpgsqlDataSource dataSource, StoreRetry retry) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => retry.RunAsync(InstallAsync, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private async Task InstallAsync(CancellationToken cancellationToken)
        {
            await using var alone = await queue.LockAsync(QueueSql.HangfireSchemaLock, cancellationToken);
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            InstallSchema(connection);
        }
    }
}
