using Trainyard.Specs;

namespace Trainyard.Service.Live;

/// <summary>Adds live updates.</summary>
internal static class LiveSetup
{
    /// <summary>Adds the ear for announcements, which workers need too, and the feeds.</summary>
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Announcements>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Announcements>());
        builder.Services.AddSingleton<RunFeed>();
        builder.Services.AddSignalR().AddJsonProtocol(json => SpecJson.Configure(json.PayloadSerializerOptions));
    }

    /// <summary>Maps the hub.</summary>
    public static void MapLive(this WebApplication app) => app.MapHub<RunsHub>("/hubs/runs");
}
