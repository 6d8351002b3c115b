using Trainyard.Service.Access;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Live;

internal static class LiveSetup
{
    /// <summary>How often the hub pings a client that it sends nothing else. The page takes the connection for lost after 4 s of silence.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    /// <summary>How long a client may be silent; the page pings every 5 s, except while its tab sleeps.</summary>
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);

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
        builder.Services.AddSignalR(hub =>
        {
            hub.KeepAliveInterval = KeepAlive;
            hub.ClientTimeoutInterval = ClientTimeout;
        }).AddJsonProtocol(json => SpecJson.Configure(json.PayloadSerializerOptions));
    }

    public static void MapLive(this WebApplication app) => app.MapHub<RunsHub>("/hubs/runs").RequireScope(AccessScope.Read);
}
