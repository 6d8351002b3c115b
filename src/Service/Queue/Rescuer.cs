using Microsoft.Extensions.Options;
using Trainyard.Service.Store;

namespace Trainyard.Service.Queue;

/// <summary>
/// Puts back runs whose worker vanished: at the end of their lease, or before when the worker is known to be dead. Runs in every process; several share
/// the work (see <see cref="QueueSql.Rescue"/>).
/// </summary>
internal sealed partial class Rescuer(RunQueue queue, IOptions<QueueOptions> options, TimeProvider clock, ILogger<Rescuer> logger) : BackgroundService
{
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(500);

    // Workers without their lock, and since when.
    private readonly Dictionary<string, long> silent = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (runId, attempt, state) in await queue.RescueAsync(stoppingToken))
                {
                    LogRescued(runId, attempt, state);
                }

                if (await FindDeadAsync(stoppingToken) is { Count: > 0 } dead)
                {
                    foreach (var (runId, attempt, state) in await queue.RescueFromAsync(dead, stoppingToken))
                    {
                        LogTaken(runId, attempt, state);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (StoreFailure.IsAway(problem))
            {
                LogFailed(LogLevel.Debug, problem, problem.Message);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                LogFailed(LogLevel.Error, problem, problem.Message);
            }

            var pause = silent.Count > 0 && SecondLook < options.Value.Rescue ? SecondLook : options.Value.Rescue;
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A connection can break while its worker lives, so a worker is only taken for dead when its process is gone, or when it did not connect again.
    private async Task<IReadOnlyList<string>> FindDeadAsync(CancellationToken cancellationToken)
    {
        var found = await queue.SilentWorkersAsync(cancellationToken);
        foreach (var back in silent.Keys.Except(found.Select(worker => worker.Id), StringComparer.Ordinal).ToList())
        {
            silent.Remove(back);
        }

        foreach (var worker in found)
        {
            silent.TryAdd(worker.Id, clock.GetTimestamp());
        }

        return [.. found.Where(worker => worker.IsGone || clock.GetElapsedTime(silent[worker.Id]) >= options.Value.Silence).Select(worker => worker.Id)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker of run {RunId}, attempt {Attempt}, is dead; the run is {State} now")]
    private partial void LogTaken(Guid runId, int attempt, RunState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of run {RunId}, attempt {Attempt}, ran out; the run is {State} now")]
    private partial void LogRescued(Guid runId, int attempt, RunState state);

    [LoggerMessage(Message = "Could not look for lost leases: {Problem}")]
    private partial void LogFailed(LogLevel level, Exception exception, string problem);
}
