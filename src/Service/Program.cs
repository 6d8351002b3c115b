using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Service.Workers;

namespace Trainyard.Service;

/// <summary>The service, as a table of contents: what it is made of, and what it answers.</summary>
internal static class Program
{
    /// <summary>Runs the service until it is told to stop.</summary>
    /// <returns>0, or 1 when it could not start.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (StartupException problem)
        {
            await Console.Error.WriteLineAsync($"trainyard: {problem.Message}");
            return 1;
        }
    }

    /// <summary>Puts the service together; tests start what this returns.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var options = builder.AddServiceHost();

        builder.AddStore();
        builder.AddLive();
        builder.AddRunQueue();
        if (options.Works)
        {
            builder.AddRunWorker();
        }

        var app = builder.Build();
        app.UseServiceHost();
        if (options.ServesApi)
        {
            app.MapLive();
            app.MapRunQueue();
        }

        return app;
    }
}
