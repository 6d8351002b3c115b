using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Trainyard.Service.Access;
using Trainyard.Service.Compare;
using Trainyard.Service.Dashboard;
using Trainyard.Service.Datasets;
using Trainyard.Service.Experiments;
using Trainyard.Service.Export;
using Trainyard.Service.Hosting;
using Trainyard.Service.Http;
using Trainyard.Service.Inspection;
using Trainyard.Service.Lessons;
using Trainyard.Service.Labs;
using Trainyard.Service.Live;
using Trainyard.Service.Playground;
using Trainyard.Service.Queue;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.SpecChecks;
using Trainyard.Service.Store;
using Trainyard.Service.Studies;
using Trainyard.Service.SystemInfo;
using Trainyard.Service.Webhooks;
using Trainyard.Service.Workers;

namespace Trainyard.Service;

internal static class Program
{
    // Runs the service until shutdown. The argument health checks a running one instead, and token manages the tokens. Returns 0, or 1 if it could not start.
    public static async Task<int> Main(string[] args)
    {
        if (args is [HealthProbe.Command])
        {
            return await HealthProbe.RunAsync();
        }

        try
        {
            if (args is [TokenCommand.Name, .. var rest])
            {
                return await TokenCommand.RunAsync(rest, BuildStore);
            }

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
        builder.AddAccess(options);
        builder.AddLive(options);
        builder.AddRunQueue();
        builder.AddHangfire();
        builder.AddLabs();
        builder.AddTrainer();
        if (options.Works)
        {
            builder.AddRunWorker();
        }

        builder.AddProblems();
        if (options.ServesApi)
        {
            builder.AddJsonBodies();
            builder.AddLargeResponses();
            builder.AddRuns();
            builder.AddExperiments();
            builder.AddResults();
            builder.AddCompare();
            builder.AddSpecChecks();
            builder.AddDatasetPreviews();
            builder.AddForwardPasses();
            builder.AddPlayground();
            builder.AddStudies();
            builder.AddLessons();
            builder.AddSystemInfo();
            builder.AddWebhooks();
            builder.AddOpenApi();
            builder.AddDashboard();
        }

        var app = builder.Build();
        app.UseProblems();
        app.UseSecurityHeaders();
        app.UseRequestFilters();
        app.UseOptions();
        if (options.ServesApi)
        {
            app.UseResponseCompression();
            app.UseDashboard();
            app.UseRequestScopes();
        }

        app.UseAccess();
        app.MapHealth().HideDetailsFromAnonymous();
        if (options.ServesApi)
        {
            app.UseQueryParameters();
            app.UseLargeResponses();
            app.UseJsonBodies();
            app.MapOpenApi();
            var api = app.MapGroup("/api/v1").WithHead().RequireScopeByMethod().AddEndpointFilter<RouteGroupBuilder, StoreWaits>();
            api.MapSession();
            api.MapTokens();
            api.MapRuns();
            api.MapExperiments();
            api.MapRunEvents();
            api.MapResults();
            api.MapExport();
            api.MapCompare();
            api.MapSpecChecks();
            api.MapDatasetPreviews();
            api.MapForwardPasses();
            api.MapStudies();
            api.MapLessons();
            api.MapLabs();
            api.MapCatalog();
            api.MapSystemInfo();
            app.MapLive();
            app.MapPlayground();
            app.MapHangfire();
        }

        return app;
    }

    // What manages tokens without serving: the store, and nothing that is started.
    private static WebApplication BuildStore()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var options = builder.AddServiceHost();
        builder.Logging.AddFilter(category: null, LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddStore(options);
        builder.Services.AddSingleton<TokenStore>();
        return builder.Build();
    }
}
