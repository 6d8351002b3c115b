using Trainyard.Service.Hosting;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Live;

/// <summary>Adds live updates.</summary>
internal static class LiveSetup
{
    /// <summary>Adds the ear for announcements, which workers need too, and for an API process the feeds and the hub.</summary>
    public static void AddLive(this WebApplicationBuilder builder, ServiceOptions options)
    {
        builder.Services.AddSingleton<Announcements>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Announcements>());
        if (!options.ServesApi)
        {
            return;
        }

        builder.Services.AddSingleton<RunFeed>();
        builder.Services.AddSingleton<RunTable>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RunTable>());
        builder.Services.AddSignalR().AddJsonProtocol(json => SpecJson.Configure(json.PayloadSerializerOptions));
    }

    /// <summary>Maps the hub.</summary>
    public static void MapLive(this WebApplication app) => app.MapHub<RunsHub>("/hubs/runs");
}
