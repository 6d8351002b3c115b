namespace Trainyard.Service.Queue;

internal static class QueueSetup
{
    public static void AddRunQueue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RunQueue>();
    }
}
