using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

/// <summary>What a dispatcher drives: claims runs and trains them. It has slots, but the dispatcher sees to it that they are respected.</summary>
internal sealed partial class RunWorker(
    string id,
    string trainer,
    RunQueue queue,
    NpgsqlDataSource dataSource,
    Announcements announcements,
    IOptions<WorkerOptions> workerOptions,
    IOptions<TrainerOptions> trainerOptions,
    IOptions<QueueOptions> queueOptions,
    IOptions<ServiceOptions> serviceOptions,
    TimeProvider clock,
    ILogger<RunWorker> logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly WorkerOptions options = workerOptions.Value;
    private int turn;

    /// <summary>Name of this worker, unique for each start of a process.</summary>
    public string Id { get; } = id;

    /// <summary>Queues that it takes runs from.</summary>
    public IReadOnlyList<string> Queues => options.QueueList;

    /// <summary>Runs that it trains at once.</summary>
    public int Slots => options.Slots;

    /// <summary>Claims the oldest run of a queue; each queue is the first to be asked in turn, so that none starves another.</summary>
    public async Task<RunClaim?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        var first = (uint)Interlocked.Increment(ref turn);
        for (var i = 0u; i < Queues.Count; i++)
        {
            if (await queue.ClaimNextAsync(Id, Queues[(int)((first + i) % (uint)Queues.Count)], cancellationToken) is { } claim)
            {
                return claim;
            }
        }

        return null;
    }

    /// <summary>Claims one given run, if it is still to be had.</summary>
    public Task<RunClaim?> ClaimAsync(Guid runId, CancellationToken cancellationToken) => queue.ClaimAsync(Id, runId, Queues, cancellationToken);

    /// <summary>
    /// Trains a claimed run to the end of the attempt. When <paramref name="stopping"/> is set, the trainer writes a checkpoint and the run
    /// goes back to the queue. Throws nothing: whatever happens is told in the run's history or the log.
    /// </summary>
    public async Task TrainAsync(RunClaim claim, CancellationToken stopping)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object>
        {
            ["RunId"] = claim.RunId, ["Attempt"] = claim.Attempt, ["Worker"] = Id,
        });
        LogClaimed(claim.RunId, claim.Attempt);
        var lease = new LeaseKeeper(queue, announcements, claim, queueOptions.Value, clock, logger);
        RunEnding? ending;
        try
        {
            var events = new RunEventWriter(dataSource, claim, clock, logger);
            using var attempt = new TrainingAttempt(claim, lease, events, Settings(claim), clock);
            ending = await attempt.RunAsync(stopping);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            LogBroken(problem, claim.RunId, claim.Attempt);
            ending = RunEnding.Transient(
                FailureClass.Crashed,
                RunReason.Of(RunMessageCode.WorkerFailed, $"The worker failed: {problem.Message}", ("detail", problem.Message)),
                "crashed: worker", claim.FailedAttempts, queueOptions.Value);
        }

        if (ending is null)
        {
            LogLost(claim.RunId, claim.Attempt);
            return;
        }

        await EndAsync(claim, lease, ending);
    }

    // The end is tried as long as the lease lasts; after that the rescuer decides.
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
            catch (Exception problem) when (StoreFailure.IsAway(problem) && lease.Left > RetryPause)
            {
                LogEndDelayed(claim.RunId, problem.Message);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                LogBroken(problem, claim.RunId, claim.Attempt);
                return;
            }

            await Task.Delay(RetryPause, clock, CancellationToken.None);
        }
    }

    private AttemptSettings Settings(RunClaim claim) => new()
    {
        Executable = trainer,
        Folder = DataFolder.OfRun(serviceOptions.Value.DataPath, claim.RunId),
        Threads = trainerOptions.Value.Threads > 0 ? trainerOptions.Value.Threads : Math.Max(1, Environment.ProcessorCount / Slots),
        Datasets = trainerOptions.Value.Datasets,
        StopGrace = TimeSpan.FromSeconds(options.StopGraceSeconds),
        Silence = TimeSpan.FromSeconds(options.SilenceSeconds),
        Queue = queueOptions.Value,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Training run {RunId}, attempt {Attempt}")]
    private partial void LogClaimed(Guid runId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}, attempt {Attempt}, ended ({Outcome}); the run is {State}")]
    private partial void LogEnded(Guid runId, int attempt, string outcome, RunState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}, attempt {Attempt}, lost its lease; its trainer was killed")]
    private partial void LogLost(Guid runId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of run {RunId} is not stored yet: {Problem}")]
    private partial void LogEndDelayed(Guid runId, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId}, attempt {Attempt}, met an error of the worker")]
    private partial void LogBroken(Exception exception, Guid runId, int attempt);
}
