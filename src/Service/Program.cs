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

/// <summary>The service, as a table of contents: what it is made of, and what it answers.</summary>
internal static class Program
{
    /// <summary>Runs the service until it is told to stop; with the argument <c>health</c> asks a running one instead.</summary>
    /// <returns>0, or 1 when it could not start.</returns>
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
        catch (Exception problem) when (problem is StartupException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"trainyard: {problem.Message}");
            return 1;
        }
        catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"trainyard: {problem.Message} Stop what uses it, or set PORT to another port.");
            return 1;
        }
    }

    /// <summary>Puts the service together; tests start what this returns.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = builder.AddServiceHost();

        // What is added first starts first and stops last.
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
            builder.AddLists();
            builder.AddLifecycle();
            builder.AddRunDetails();
            builder.AddCompare();
            builder.AddSpecChecks();
            builder.AddSystemInfo();
            builder.AddOpenApi();
            builder.AddDashboard();
        }

        var app = builder.Build();
        app.UseProblems();
        app.UseSecurityHeaders();
        app.MapHealth();
        if (options.ServesApi)
        {
            app.UseResponseCompression();
            app.MapOpenApi();
            var api = app.MapGroup("/api/v1");
            api.MapRuns();
            api.MapRunEvents();
            api.MapLists();
            api.MapLifecycle();
            api.MapLineage();
            api.MapRunDetails();
            api.MapRunCode();
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
