using Trainyard.Service.Access;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Live;

internal static class LiveSetup
{
    /// <summary>Adds the listener for notifications, which workers need too, and for an API process the feeds and the hub.</summary>
    public static void AddLive(this WebApplicationBuilder builder, ServiceOptions options)
    {
        builder.Services.AddSingleton<NotificationListener>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NotificationListener>());
        if (!options.ServesApi)
        {
            return;
        }

        builder.Services.AddSingleton<RunEventFeed>();
        builder.Services.AddSingleton<RunChangeFeed>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RunChangeFeed>());
        builder.Services.AddSignalR().AddJsonProtocol(json => SpecJson.Configure(json.PayloadSerializerOptions));
    }

    public static void MapLive(this WebApplication app) => app.MapHub<RunsHub>("/hubs/runs").RequireScope(AccessScope.Read);
}
