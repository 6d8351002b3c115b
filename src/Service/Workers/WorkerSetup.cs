namespace Trainyard.Service.Workers;

internal static class WorkerSetup
{
    /// <summary>Adds what trains runs. Call it last: it must start after, and stop before, everything that it uses.</summary>
    public static void AddRunWorker(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<TrainerOptions>().BindConfiguration(TrainerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<TrainerLocation>();
        builder.Services.AddSingleton<RunStorage>();
        builder.Services.AddSingleton<SpareTrainers>();
        builder.Services.AddSingleton<SlotClaims>();
        builder.Services.AddSingleton<RunWorker>();
        builder.Services.AddSingleton<WorkerRegistration>();
        builder.Services.AddHostedService<WorkerService>();
        builder.Services.AddSingleton<LabWorker>();
        builder.Services.AddHostedService<LabService>();
    }
}
