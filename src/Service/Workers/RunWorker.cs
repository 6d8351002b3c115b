using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

/// <summary>The worker of this process: claims runs and trains them, for the jobs that Hangfire delivers.</summary>
internal sealed partial class RunWorker(
    RunQueue queue,
    NpgsqlDataSource dataSource,
    NotificationListener notifications,
    TrainerLocation trainer,
    RunStorage storage,
    WarmTrainers warm,
    SlotClaims slots,
    IOptions<WorkerOptions> workerOptions,
    IOptions<TrainerOptions> trainerOptions,
    IOptions<QueueOptions> queueOptions,
    IOptions<ServiceOptions> serviceOptions,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<RunWorker> logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(1);

    /// <summary>Name of this worker, unique for each start of a process.</summary>
    public string Id { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7().ToString("N")[^8..]}";

    public WorkerOptions Options { get; } = workerOptions.Value;

    // Claims a run, if it is claimable, else the oldest that is, and trains it to the end of the attempt. So the jobs of runs that were cancelled or deleted
    // delay no other run. With slots=auto it goes on with the next run, so that slots which wait for a large one are used again. When the service stops, the trainer writes a checkpoint and the run is requeued; a run that is not claimed by then is left to other
    // workers. What happens during the attempt ends in the run's history or the log.
    public async Task TrainAsync(Guid runId)
    {
        var shutdown = lifetime.ApplicationStopping;
        do
        {
            if (!await storage.WaitAsync(shutdown) || await ClaimAsync(runId, shutdown) is not { } slot)
            {
                return;
            }

            try
            {
                await TrainAsync(slot, shutdown);
            }
            finally
            {
                slots.Ended();
            }
        }
        while (Options.HasAutoSlots);
    }

    private async Task TrainAsync(SlotClaim slot, CancellationToken shutdown)
    {
        var claim = slot.Claim;
        using var scope = logger.BeginScope(new Dictionary<string, object>
        {
            ["RunId"] = claim.RunId, ["Attempt"] = claim.Attempt, ["Worker"] = Id,
        });
        LogClaimed(claim.RunId, claim.Attempt);
        var lease = new LeaseKeeper(queue, notifications, claim, queueOptions.Value, clock, logger);
        if (await TrainAsync(slot, lease, shutdown) is { } ending)
        {
            var judged = await storage.JudgeAsync(ending);
            await EndAsync(claim, judged with { StoredBytes = await storage.MeasureAsync(claim.RunId) }, () => lease.Left > RetryPause);
            return;
        }

        LogLost(claim.RunId, claim.Attempt);
        if (lease.IsExpired)
        {
            // Not taken back yet as far as is known; it continues as soon as the database answers, unless another process was faster.
            var left = clock.GetTimestamp();
            await EndAsync(
                claim, RunEnding.Requeued("lost lease", RunReason.From(RunMessageCode.LeaseExpired, ("worker", Id))),
                () => clock.GetElapsedTime(left) < LongestOutage && !shutdown.IsCancellationRequested);
        }
    }

    // While the database cannot be used nothing is claimed; the enqueuer gives the run another job.
    private async Task<SlotClaim?> ClaimAsync(Guid runId, CancellationToken shutdown)
    {
        try
        {
            return await slots.NextAsync(Id, runId, Options.QueueList, shutdown);
        }
        catch (Exception exception) when (StoreFailure.IsUnavailable(exception))
        {
            LogNotClaimed(exception.Message);
            return null;
        }
    }

    private async Task<RunEnding?> TrainAsync(SlotClaim slot, LeaseKeeper lease, CancellationToken shutdown)
    {
        var claim = slot.Claim;
        try
        {
            var settings = new AttemptSettings(
                trainer.Find(out var reason) ?? throw new InvalidOperationException(reason),
                DataFolder.OfRun(serviceOptions.Value.DataPath, claim.RunId), Options, trainerOptions.Value, queueOptions.Value);
            settings = slot.TakesAll ? settings with { Sharing = 1 } : settings;
            var events = new RunEventWriter(dataSource, claim, lease, queueOptions.Value, clock, logger);
            return await TrainingAttempt.RunAsync(claim, lease, events, settings, warm, clock, shutdown);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(exception, claim.RunId, claim.Attempt);
            return RunEnding.Transient(
                FailureClass.Crashed, RunReason.From(RunMessageCode.WorkerFailed, ("detail", exception.Message)), "crashed: worker");
        }
    }

    // Retried while the run may still be held; after that it is taken back.
    private async Task EndAsync(RunClaim claim, RunEnding ending, Func<bool> mayBeHeld)
    {
        while (true)
        {
            try
            {
                if (await queue.EndAsync(claim, ending, CancellationToken.None) is { } state)
                {
                    LogEnded(claim.RunId, claim.Attempt, ending.Outcome, state);
                }
                else
                {
                    // Another attempt holds the run, or an earlier try of this loop was committed before its connection broke.
                    LogLost(claim.RunId, claim.Attempt);
                }

                return;
            }
            catch (Exception exception) when (StoreFailure.IsUnavailable(exception) && mayBeHeld())
            {
                LogEndDelayed(claim.RunId, exception.Message);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(exception, claim.RunId, claim.Attempt);
                return;
            }

            await Task.Delay(RetryPause, clock, CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Training run {RunId}, attempt {Attempt}")]
    private partial void LogClaimed(Guid runId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}, attempt {Attempt}, ended ({Outcome}); the run is {State}")]
    private partial void LogEnded(Guid runId, int attempt, string outcome, RunState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}, attempt {Attempt}, lost its lease; its trainer was killed")]
    private partial void LogLost(Guid runId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of run {RunId} is not stored yet: {Reason}")]
    private partial void LogEndDelayed(Guid runId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No run can be claimed: {Reason}")]
    private partial void LogNotClaimed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker failed in attempt {Attempt} of run {RunId}")]
    private partial void LogFailed(Exception exception, Guid runId, int attempt);
}
