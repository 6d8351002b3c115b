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
    IOptions<WorkerOptions> workerOptions,
    IOptions<TrainerOptions> trainerOptions,
    IOptions<QueueOptions> queueOptions,
    IOptions<ServiceOptions> serviceOptions,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<RunWorker> logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Name of this worker, unique for each start of a process.</summary>
    public string Id { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7().ToString("N")[^8..]}";

    public WorkerOptions Options { get; } = workerOptions.Value;

    // Claims a run, if it is claimable, and trains it to the end of the attempt. When the service stops, the trainer writes a checkpoint and the run is
    // requeued; a run that is not claimed by then is left to other workers. What happens during the attempt ends in the run's history or the log.
    public async Task TrainAsync(Guid runId)
    {
        var shutdown = lifetime.ApplicationStopping;
        if (shutdown.IsCancellationRequested || await queue.ClaimAsync(Id, runId, Options.QueueList, CancellationToken.None) is not { } claim)
        {
            return;
        }

        using var scope = logger.BeginScope(new Dictionary<string, object>
        {
            ["RunId"] = claim.RunId, ["Attempt"] = claim.Attempt, ["Worker"] = Id,
        });
        LogClaimed(claim.RunId, claim.Attempt);
        var lease = new LeaseKeeper(queue, notifications, claim, queueOptions.Value, clock, logger);
        if (await TrainAsync(claim, lease, shutdown) is { } ending)
        {
            await EndAsync(claim, lease, ending);
        }
        else
        {
            LogLost(claim.RunId, claim.Attempt);
        }
    }

    private async Task<RunEnding?> TrainAsync(RunClaim claim, LeaseKeeper lease, CancellationToken shutdown)
    {
        try
        {
            var settings = new AttemptSettings(
                trainer.Find(out var reason) ?? throw new InvalidOperationException(reason),
                DataFolder.OfRun(serviceOptions.Value.DataPath, claim.RunId), Options, trainerOptions.Value, queueOptions.Value);
            var events = new RunEventWriter(dataSource, claim, lease, queueOptions.Value, clock, logger);
            return await TrainingAttempt.RunAsync(claim, lease, events, settings, clock, shutdown);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(exception, claim.RunId, claim.Attempt);
            return RunEnding.Transient(
                FailureClass.Crashed, RunReason.From(RunMessageCode.WorkerFailed, ("detail", exception.Message)),
                "crashed: worker", claim.FailedAttempts, queueOptions.Value);
        }
    }

    // Retried for as long as the lease lasts; after that the run is taken back.
    private async Task EndAsync(RunClaim claim, LeaseKeeper lease, RunEnding ending)
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
            catch (Exception exception) when (StoreFailure.IsUnavailable(exception) && lease.Left > RetryPause)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker failed in attempt {Attempt} of run {RunId}")]
    private partial void LogFailed(Exception exception, Guid runId, int attempt);
}
