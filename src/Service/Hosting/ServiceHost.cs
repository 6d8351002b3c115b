using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Hosting;

/// <summary>What every role shares: options, address, logging, clock.</summary>
internal static class ServiceHost
{
    /// <summary>Port when nothing names another.</summary>
    public const int DefaultPort = 5080;

    // Larger bodies are cut off before anything reads them; endpoints set smaller limits.
    private const long MaximumBodyBytes = 1024 * 1024;

    private static readonly Dictionary<string, string?> LogLevels = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Hangfire"] = "Warning",
        // A failed command is an exception for its caller, who logs it; EF Core would also log what it asks a new database, and repeated keys.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "None",
    };

    /// <summary>Adds options, address, logging and clock, and returns the options in force.</summary>
    public static ServiceOptions AddServiceHost(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["DATA_DIR"] is { Length: > 0 } dataDir && builder.Configuration["Service:DataDir"] is null)
        {
            builder.Configuration["Service:DataDir"] = dataDir;
        }

        var options = ReadOptions(builder.Configuration);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TrainerStatus>();
        builder.Services.ConfigureHttpJsonOptions(json => SpecJson.Configure(json.SerializerOptions));
        builder.AddAddress();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });
        builder.AddServiceLogging();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return options;
    }

    private static ServiceOptions ReadOptions(ConfigurationManager configuration)
    {
        try
        {
            return configuration.GetSection(ServiceOptions.Section).Get<ServiceOptions>() ?? new ServiceOptions();
        }
        catch (InvalidOperationException problem)
        {
            throw new StartupException(
                $"Service:Role is '{configuration["Service:Role"]}'; allowed are all, api and worker.", problem);
        }
    }

    /// <summary>Loopback only, unless the usual ASP.NET Core settings name an address.</summary>
    private static void AddAddress(this WebApplicationBuilder builder)
    {
        var configured = builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? builder.Configuration[WebHostDefaults.HttpPortsKey];
        if (!string.IsNullOrEmpty(configured) || builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            return;
        }

        var text = builder.Configuration["PORT"];
        if (!string.IsNullOrEmpty(text) && !(int.TryParse(text, out var number) && number is >= 0 and <= 65535))
        {
            throw new StartupException($"PORT is '{text}'; it must be a number from 0 to 65535.");
        }

        builder.WebHost.UseUrls($"http://127.0.0.1:{(string.IsNullOrEmpty(text) ? DefaultPort : int.Parse(text))}");
    }

    /// <summary>Lines for people on a terminal, JSON for machines. Levels are defaults that <c>Logging__LogLevel__*</c> overrides.</summary>
    private static void AddServiceLogging(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Logging.ClearProviders();
        if (Console.IsOutputRedirected)
        {
            builder.Logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                json.IncludeScopes = true;
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.TimestampFormat = "HH:mm:ss ";
            });
        }
    }
}
