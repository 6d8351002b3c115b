using Microsoft.Extensions.Options;
using Trainyard.Service.Compare;
using Trainyard.Service.Dashboard;
using Trainyard.Service.Export;
using Trainyard.Service.Hosting;
using Trainyard.Service.Http;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.SpecChecks;
using Trainyard.Service.Store;
using Trainyard.Service.SystemInfo;
using Trainyard.Service.Workers;

namespace Trainyard.Service;

internal static class Program
{
    // Runs the service until shutdown; with the argument health checks a running one instead. Returns 0, or 1 if it could not start.
    public static async Task<int> Main(string[] args)
    {
        if (args is [HealthProbe.Command])
        {
            return await HealthProbe.RunAsync();
        }

        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (exception is StartupException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"trainyard: {exception.Message}");
            return 1;
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"trainyard: {exception.Message} Stop the other process, or set PORT to another port.");
            return 1;
        }
    }

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = builder.AddServiceHost();

        // Hosted services start in this order and stop in reverse.
        builder.AddStore(options);
        builder.AddLive(options);
        builder.AddRunQueue();
        builder.AddHangfire();
        if (options.Works)
        {
            builder.AddRunWorker();
        }

        builder.AddProblems();
        if (options.ServesApi)
        {
            builder.AddRuns();
            builder.AddResults();
            builder.AddCompare();
            builder.AddSpecChecks();
            builder.AddSystemInfo();
            builder.AddOpenApi();
            builder.AddDashboard();
        }

        var app = builder.Build();
        app.UseProblems();
        app.UseSecurityHeaders();
        app.UseOptions();
        app.UseQueryParameters();
        app.MapHealth();
        if (options.ServesApi)
        {
            app.UseResponseCompression();
            app.UseRequestScopes();
            app.MapOpenApi();
            var api = app.MapGroup("/api/v1").WithHead().AddEndpointFilter<RouteGroupBuilder, StoreWaits>();
            api.MapRuns();
            api.MapRunEvents();
            api.MapResults();
            api.MapExport();
            api.MapCompare();
            api.MapSpecChecks();
            api.MapCatalog();
            api.MapSystemInfo();
            app.MapLive();
            app.MapHangfire();
            app.MapDashboard();
        }

        return app;
    }
}
