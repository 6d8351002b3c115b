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
        services.AddHostedService<StoreStart>();
    }

    private static string Complete(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (!builder.ContainsKey("Maximum Pool Size"))
            {
                builder.MaxPoolSize = StoreOptions.DefaultPoolSize;
            }

            if (!builder.ContainsKey("Application Name"))
            {
                builder.ApplicationName = "trainyard";
            }

            if (!builder.ContainsKey("Timeout"))
            {
                builder.Timeout = 5;
            }

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

    public required string ConnectionString { get; init; }

    /// <summary>Whether the server is the private one in the data folder.</summary>
    public required bool Embedded { get; init; }
}
