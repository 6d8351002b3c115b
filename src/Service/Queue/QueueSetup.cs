namespace Trainyard.Service.Queue;

/// <summary>Adds the queue.</summary>
internal static class QueueSetup
{
    public static void AddRunQueue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RunQueue>();
    }
}
