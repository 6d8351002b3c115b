using Trainyard.Service.Workers;

namespace Trainyard.Service.Queue;

/// <summary>Adds the queue.</summary>
internal static class QueueSetup
{
    /// <summary>Adds the queue, its rescuer and Hangfire.</summary>
    public static void AddRunQueue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RunQueue>();
        builder.Services.AddHostedService<Rescuer>();
        builder.AddHangfireDispatcher();
    }
}
