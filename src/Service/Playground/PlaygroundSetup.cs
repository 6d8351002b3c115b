using Trainyard.Service.Access;
using Trainyard.Service.Store;

namespace Trainyard.Service.Playground;

/// <summary>Adds the playground to an API process. Its sessions run on the machine of that process, whether or not runs are trained there.</summary>
internal static class PlaygroundSetup
{
    public static void AddPlayground(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PlaygroundOptions>().BindConfiguration(PlaygroundOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<PlaygroundSessions>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<PlaygroundSessions>());
    }

    public static void MapPlayground(this WebApplication app) => app.MapHub<PlaygroundHub>("/hubs/playground").RequireScope(AccessScope.Submit);
}
