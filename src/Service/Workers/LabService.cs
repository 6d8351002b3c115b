using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Hangfire.States;
using Trainyard.Service.Hosting;
using Trainyard.Service.Labs;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.Workers;

// Gives each queued request of a lab its Hangfire job, and runs the jobs in a slot of their own, so that an answer does not wait for a training. Requests of
// workers that disappeared are taken back here.
internal sealed partial class LabService(
    LabQueue labs,
    RunQueue runs,
    RunWorker worker,
    PostgreSqlStorage storage,
    NotificationListener notifications,
    TrainerStatus trainer,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<LabService> logger) : BackgroundService
{
    /// <summary>The queue of Hangfire.</summary>
    public const string QueueName = "labs";

    private const int MaximumJobs = 100;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TrainerPoll = TimeSpan.FromMilliseconds(250);

    private readonly BackgroundJobClient client = new(storage);
    private readonly AsyncAutoResetEvent wake = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stopping = either.Token;
        while (!trainer.Current.IsReady)
        {
            await Task.Delay(TrainerPoll, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                return;
            }
        }

        using var subscription = notifications.SubscribeToLabs(_ => wake.Set());
        using var server = StartServer();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await labs.TakeBackExpiredAsync(stopping);
                await EnqueueAsync(stopping);
                await wake.WaitAsync(Poll, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception, exception.Message);
                await Task.Delay(Poll, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // The job ends by itself: it queues its request again and returns.
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
    }

    private BackgroundJobServer StartServer() => new(
        new BackgroundJobServerOptions
        {
            ServerName = $"{worker.Id}-labs",
            WorkerCount = 1,
            Queues = [QueueName],
            Activator = new AspNetCoreJobActivator(scopes),
            ShutdownTimeout = TimeSpan.FromSeconds(28),
            SchedulePollingInterval = TimeSpan.FromHours(1),
            CancellationCheckInterval = TimeSpan.FromHours(1),
        },
        storage);

    private async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        if (await labs.QueuedAsync(MaximumJobs, cancellationToken) is not { Count: > 0 })
        {
            return;
        }

        await using (await runs.LockAsync(QueueSql.LabsLock, cancellationToken))
        {
            // Only jobs that no server has fetched: a fetched one either claims its request now or never will.
            var waiting = storage.GetMonitoringApi().EnqueuedJobs(QueueName, 0, int.MaxValue)
                .Select(job => job.Value?.Job?.Args is [Guid id, ..] ? id : Guid.Empty).ToHashSet();
            foreach (var id in await labs.QueuedAsync(MaximumJobs, cancellationToken))
            {
                if (!waiting.Contains(id))
                {
                    client.Create<LabJob>(job => job.RunAsync(id), new EnqueuedState(QueueName));
                }
            }
        }

        // Wakes the slot of this process; Hangfire itself does so only where the job was created.
        ((PostgreSqlJobQueue)storage.QueueProviders.GetProvider(QueueName).GetJobQueue()).FetchNextJob();
    }

    [LoggerMessage(Message = "Requests of labs could not be enqueued: {Reason}")]
    private partial void LogFailed(LogLevel level, Exception exception, string reason);
}
