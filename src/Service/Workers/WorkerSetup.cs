namespace Trainyard.Service.Workers;

internal static class WorkerSetup
{
    /// <summary>Adds the trainer's settings and place, for all that start trainers.</summary>
    public static void AddTrainer(this WebApplicationBuilder builder)
    {
        // Trainers read Datasets__Folder from the environment too, but start in other folders.
        builder.Services.AddOptions<TrainerOptions>().BindConfiguration(TrainerOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) => options.Datasets ??= configuration["Datasets:Folder"]).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<TrainerLocation>();
    }

    /// <summary>Adds what trains runs. Call it last: it must start after, and stop before, everything that it uses.</summary>
    public static void AddRunWorker(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RunStorage>();
        builder.Services.AddSingleton<WarmTrainers>();
        builder.Services.AddSingleton<SlotClaims>();
        builder.Services.AddSingleton<RunWorker>();
        builder.Services.AddSingleton<WorkerRegistration>();
        builder.Services.AddHostedService<WorkerService>();
        builder.Services.AddSingleton<LabWorker>();
        builder.Services.AddHostedService<LabService>();
    }
}
