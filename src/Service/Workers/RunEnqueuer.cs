using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Microsoft.Extensions.Options;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.Workers;

// Gives each claimable run its Hangfire job, and takes back runs whose lease expired. Nothing else enqueues, so lost jobs are recovered here: a job that a
// stopping or dead worker received, a crash between submit and enqueue, a run that was requeued. Runs in every process; a lock lets one work at a time.
internal sealed partial class RunEnqueuer(
    RunQueue queue,
    PostgreSqlStorage storage,
    NotificationListener notifications,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<RunEnqueuer> logger) : BackgroundService
{
    // Runs of one queue that have a job at a time: more than are claimed between two polls, few enough to be skipped fast once they are cancelled.
    internal const int MaxJobsPerQueue = 100;

    private readonly BackgroundJobClient client = new(storage);
    private readonly AsyncAutoResetEvent wake = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = notifications.SubscribeToQueues(_ => wake.Set());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (claimable, expired) = await queue.PollAsync(stoppingToken);
                if (expired)
                {
                    await TakeBackExpiredAsync(stoppingToken);
                }

                if (claimable || expired)
                {
                    await EnqueueAsync(stoppingToken);
                }

                await wake.WaitAsync(options.Value.Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception, exception.Message);
                await Task.Delay(options.Value.Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeBackExpiredAsync(CancellationToken cancellationToken)
    {
        foreach (var (runId, attempt, state) in await queue.TakeBackExpiredAsync(cancellationToken))
        {
            LogExpired(runId, attempt, state);
        }
    }

    private async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        await using (await queue.LockAsync(QueueSql.EnqueueLock, cancellationToken))
        {
            foreach (var runs in (await queue.ClaimableAsync(MaxJobsPerQueue, cancellationToken)).GroupBy(run => run.Queue, run => run.RunId))
            {
                // Only jobs that no server has fetched: a fetched one either claims its run now or never will.
                var waiting = storage.GetMonitoringApi().EnqueuedJobs(runs.Key, 0, int.MaxValue)
                    .Select(job => job.Value?.Job?.Args is [Guid runId, ..] ? runId : Guid.Empty).ToHashSet();
                var servers = (PostgreSqlJobQueue)storage.QueueProviders.GetProvider(runs.Key).GetJobQueue();
                foreach (var runId in runs)
                {
                    if (!waiting.Contains(runId))
                    {
                        client.Create<TrainingJob>(job => job.TrainAsync(runId), new EnqueuedState(runs.Key));
                    }

                    // Wakes one idle slot of this process; Hangfire itself does so only where the job was created, and once for several jobs.
                    servers.FetchNextJob();
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of run {RunId}, attempt {Attempt}, expired; the run is {State}")]
    private partial void LogExpired(Guid runId, int attempt, RunState state);

    [LoggerMessage(Message = "Runs could not be enqueued: {Reason}")]
    private partial void LogFailed(LogLevel level, Exception exception, string reason);
}
