#if HANGFIRE
using Trainyard.Service.Queue.Hangfire;
#endif

namespace Trainyard.Service.Queue;

/// <summary>Adds the queue.</summary>
internal static class QueueSetup
{
    /// <summary>The dispatcher in use unless <see cref="QueueOptions.Dispatcher"/> says otherwise.</summary>
#if HANGFIRE
    public const string DefaultDispatcher = HangfireDispatcher.DispatcherName;
#else
    public const string DefaultDispatcher = LeaseDispatcher.DispatcherName;
#endif

    /// <summary>Dispatchers in this build.</summary>
    public static IReadOnlyList<string> Dispatchers { get; } =
#if HANGFIRE
        [LeaseDispatcher.DispatcherName, HangfireDispatcher.DispatcherName];
#else
        [LeaseDispatcher.DispatcherName];
#endif

    /// <summary>Adds the queue, its rescuer and the dispatcher.</summary>
    public static void AddRunQueue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>()
            .BindConfiguration(QueueOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => Dispatchers.Contains(options.Dispatcher),
                $"Queue:Dispatcher must be one of: {string.Join(", ", Dispatchers)} (Hangfire needs a build with UseHangfire=true).")
            .ValidateOnStart();
        builder.Services.AddSingleton<RunQueue>();
        builder.Services.AddHostedService<Rescuer>();

        switch (builder.Configuration["Queue:Dispatcher"] ?? DefaultDispatcher)
        {
#if HANGFIRE
            case HangfireDispatcher.DispatcherName:
                builder.AddHangfireDispatcher();
                break;
#endif
            default:
                builder.Services.AddSingleton<IRunDispatcher, LeaseDispatcher>();
                break;
        }
    }

    /// <summary>Maps pages of the dispatcher, if it has any.</summary>
    public static void MapRunQueue(this WebApplication app)
    {
#if HANGFIRE
        app.MapHangfireDispatcher();
#else
        ArgumentNullException.ThrowIfNull(app);
#endif
    }
}
