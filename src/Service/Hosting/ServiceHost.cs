using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Hosting;

/// <summary>What every role shares: options, address, logging, clock. <c>appsettings.json</c> lists all settings with their defaults.</summary>
internal static class ServiceHost
{
    // Endpoints set smaller limits as metadata.
    private const long MaximumBodyBytes = 1024 * 1024;

    public static ServiceOptions AddServiceHost(this WebApplicationBuilder builder)
    {
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
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseStopLimit());
        });
        builder.AddServiceLogging();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return options;
    }

    /// <summary>The loopback address with the port of the setting <c>PORT</c>; null when a setting of ASP.NET Core names the addresses.</summary>
    public static string? LoopbackAddress(IConfiguration configuration)
    {
        var addresses = configuration[WebHostDefaults.ServerUrlsKey] ?? configuration[WebHostDefaults.HttpPortsKey];
        if (!string.IsNullOrEmpty(addresses) || configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            return null;
        }

        return ushort.TryParse(configuration["PORT"], out var port)
            ? $"http://127.0.0.1:{port}"
            : throw new StartupException($"PORT is '{configuration["PORT"]}'; it must be a number from 0 to 65535.");
    }

    private static void AddAddress(this WebApplicationBuilder builder)
    {
        if (LoopbackAddress(builder.Configuration) is { } address)
        {
            builder.WebHost.UseUrls(address);
        }
    }

    private static ServiceOptions ReadOptions(ConfigurationManager configuration)
    {
        try
        {
            var options = configuration.GetSection(ServiceOptions.Section).Get<ServiceOptions>() ?? new ServiceOptions();
            options.DataDir ??= configuration["DATA_DIR"];
            return options;
        }
        catch (InvalidOperationException exception)
        {
            throw new StartupException($"Service:Role is '{configuration["Service:Role"]}'; allowed are all, api and worker.", exception);
        }
    }

    /// <summary>Plain lines on a terminal, else JSON, which escapes control characters.</summary>
    private static void AddServiceLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        // At Information it writes the address of every request, and the hub's may contain a token.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
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
            builder.Logging.AddConsole(console => console.FormatterName = TerminalFormatter.FormatterName);
            builder.Logging.AddConsoleFormatter<TerminalFormatter, ConsoleFormatterOptions>();
        }
    }
}

/// <summary>The service cannot start because of its configuration or environment; only the message is printed.</summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
