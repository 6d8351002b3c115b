using Microsoft.EntityFrameworkCore;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Store;

internal static class StoreSetup
{
    /// <summary>Adds data source, EF Core context and the start of the store. Call it first: hosted services start in the order of registration.</summary>
    public static void AddStore(this WebApplicationBuilder builder, ServiceOptions options)
    {
        var external = builder.Configuration.GetConnectionString("Postgres");
        if (options.Works || string.IsNullOrWhiteSpace(external))
        {
            DataFolder.RequireWritable(options.DataPath);
        }

        var services = builder.Services;
        if (string.IsNullOrWhiteSpace(external))
        {
            services.AddSingleton(provider => new EmbeddedPostgres(
                new EmbeddedPostgresOptions { Folder = Path.Combine(options.DataPath, "postgres") },
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<EmbeddedPostgres>>()));
        }

        services.AddSingleton(provider => new StoreOptions
        {
            Embedded = string.IsNullOrWhiteSpace(external),
            ConnectionString = Complete(string.IsNullOrWhiteSpace(external) ? provider.GetRequiredService<EmbeddedPostgres>().ConnectionString : external),
        });
        services.AddSingleton(provider => new NpgsqlDataSourceBuilder(provider.GetRequiredService<StoreOptions>().ConnectionString)
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>())
            .Build());
        services.AddDbContextPool<RunsDbContext>((provider, context) => context
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddSingleton<StoreRetry>();
        services.AddHostedService<StoreStart>();
        services.AddSingleton<StoreWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
    }

    private static string Complete(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);

            // The keys are those that the string sets; ContainsKey is true for every keyword that Npgsql knows.
            var given = builder.Keys;
            builder.MaxPoolSize = given.Contains("Maximum Pool Size") ? builder.MaxPoolSize : StoreOptions.DefaultPoolSize;
            builder.Timeout = given.Contains("Timeout") ? builder.Timeout : StoreOptions.DefaultTimeoutSeconds;
            builder.ApplicationName = given.Contains("Application Name") ? builder.ApplicationName : "trainyard";

            // The last of two settings of one name counts: the string's own.
            builder.Options = $"-c idle_in_transaction_session_timeout={StoreOptions.IdleInTransactionSeconds}s {builder.Options}".TrimEnd();

            // No code changes the state of a session, so a connection needs no DISCARD ALL before it is used again.
            builder.NoResetOnClose = true;
            return builder.ConnectionString;
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"ConnectionStrings:Postgres is not a connection string: {exception.Message}", exception);
        }
    }
}

/// <summary>The database: the server of <c>ConnectionStrings__Postgres</c>, else a private one.</summary>
internal sealed record StoreOptions
{
    /// <summary>Maximum pool size of one process, unless the connection string sets it.</summary>
    public const int DefaultPoolSize = 20;

    /// <summary>Seconds to wait for a free connection of the pool, or for a new one, unless the connection string sets it.</summary>
    public const int DefaultTimeoutSeconds = 30;

    /// <summary>
    /// Seconds after which the server ends a session that does nothing in a transaction: a process that was frozen there keeps its locks no longer, and its runs
    /// can be taken over. The connection string's <c>Options</c> may set another.
    /// </summary>
    public const int IdleInTransactionSeconds = 10;

    public required string ConnectionString { get; init; }

    /// <summary>Whether the server is the private one in the data folder.</summary>
    public required bool Embedded { get; init; }
}
