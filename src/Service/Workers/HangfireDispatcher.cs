using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.Options;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>
/// Hangfire wakes the worker: each claimable run gets a job that carries nothing but its id. The runs table stays the only state: a sweep
/// gives a job to every run that should have one, so a lost job, a crash between submit and enqueue, and a run that was put back heal alike.
/// </summary>
internal sealed partial class HangfireDispatcher(
    IServiceProvider services,
    RunQueue queue,
    Announcements announcements,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<HangfireDispatcher> logger)
{
    private static readonly TimeSpan CheckAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Remember = TimeSpan.FromDays(7);

    private readonly QueueOptions options = options.Value;
    private Dictionary<(Guid RunId, int Attempts), long> checkedAt = [];

    public async Task DispatchAsync(RunWorker worker, CancellationToken stopping)
    {
        _ = services.GetRequiredService<IGlobalConfiguration>();
        var storage = services.GetRequiredService<JobStorage>();
        var client = new BackgroundJobClient(storage);
        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                ServerName = worker.Id,
                WorkerCount = worker.Slots,
                Queues = [.. worker.Queues],
                Activator = new HangfireJob.Activator(worker, stopping),
                ShutdownTimeout = TimeSpan.FromSeconds(28),
            },
            storage);
        await SweepAsync(worker, storage, client, stopping);

        // The jobs hear `stopping` themselves: each puts its run back and returns.
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
    }

    private async Task SweepAsync(RunWorker worker, JobStorage storage, BackgroundJobClient client, CancellationToken stopping)
    {
        using var wake = announcements.WatchQueues();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // One process at a time, so that several workers do not each make a job.
                await using (await queue.LockAsync(QueueSql.SweepLock, stopping))
                {
                    await EnqueueMissingAsync(worker, storage, client, stopping);
                }

                await wake.WaitAsync(options.Poll, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                LogSweepFailed(problem, problem.Message);
                await Task.Delay(options.Poll, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task EnqueueMissingAsync(RunWorker worker, JobStorage storage, BackgroundJobClient client, CancellationToken stopping)
    {
        using var connection = storage.GetConnection();
        var seen = new Dictionary<(Guid, int), long>();
        foreach (var (runId, queueName, attempts) in await queue.ClaimableAsync(worker.Queues, limit: 1000, stopping))
        {
            var fresh = checkedAt.TryGetValue((runId, attempts), out var at) && clock.GetElapsedTime(at) < CheckAgain;
            seen[(runId, attempts)] = fresh ? at : EnqueueIfMissing(connection, client, runId, queueName, attempts);
        }

        checkedAt = seen;
    }

    // A job that is not waiting any more (done, deleted, or with a server that died) will not train a run that is claimable now.
    private long EnqueueIfMissing(IStorageConnection connection, BackgroundJobClient client, Guid runId, string queueName, int attempts)
    {
        var key = $"trainyard:{runId}:{attempts}";
        var known = connection.GetAllEntriesFromHash(key)?.GetValueOrDefault("job");
        if (known is null || connection.GetStateData(known)?.Name != EnqueuedState.StateName)
        {
            var job = client.Create<HangfireJob>(work => work.TrainAsync(runId, CancellationToken.None), new EnqueuedState(queueName));
            using var remember = (JobStorageTransaction)connection.CreateWriteTransaction();
            remember.SetRangeInHash(key, [new("job", job)]);
            remember.ExpireHash(key, Remember);
            remember.Commit();
        }

        return clock.GetTimestamp();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for runs without a job: {Problem}")]
    private partial void LogSweepFailed(Exception exception, string problem);
}
