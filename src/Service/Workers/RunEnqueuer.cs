using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
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

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    // Between two polls, beyond their interval, while nothing is wrong.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    // What is due by the database's clock is so after this, whatever timers do.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(10);

    private readonly BackgroundJobClient client = new(storage);
    private readonly AsyncAutoResetEvent wake = new();

    // Timestamps: of the last poll, the smallest number if it failed; and of the end of the last outage.
    private long? polledAt;
    private long? backAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = notifications.SubscribeToQueues(_ => wake.Set());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var poll = await queue.PollAsync(stoppingToken);
                var grace = Grace();
                if (poll.Expired && grace <= TimeSpan.Zero)
                {
                    await TakeBackExpiredAsync(stoppingToken);
                }

                if (poll.Claimable || poll.Expired)
                {
                    await EnqueueAsync(stoppingToken);
                }

                // A waiting run may have lost its job to a worker that stopped or died before it claimed the run.
                var wait = Shortest(
                    options.Value.Poll, poll.Claimable ? RetryPause : null, poll.NextIn, poll.Expired && grace > TimeSpan.Zero ? grace : null);
                await wake.WaitAsync(wait + Margin, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception, exception.Message);
                polledAt = long.MinValue;
                await Task.Delay(Shortest(RetryPause, options.Value.Poll), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // How long expired leases are not taken back yet. After the database was away or this process was suspended, the workers that are alive come first: a lease
    // that they could not renew is no lost worker. After the start there is no such time, so that runs of a killed service continue at once.
    private TimeSpan Grace()
    {
        var (before, now) = (polledAt, clock.GetTimestamp());
        if (before is { } last && (last == long.MinValue || clock.GetElapsedTime(last, now) > options.Value.Poll + LongestDelay))
        {
            backAt = now;
        }

        polledAt = now;
        return backAt is { } back ? (options.Value.Lease / 3) - clock.GetElapsedTime(back, now) : TimeSpan.Zero;
    }

    private static TimeSpan Shortest(TimeSpan first, params ReadOnlySpan<TimeSpan?> others)
    {
        foreach (var other in others)
        {
            first = other < first ? other.Value : first;
        }

        return first;
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
