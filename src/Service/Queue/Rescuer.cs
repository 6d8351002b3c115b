using Microsoft.Extensions.Options;
using Trainyard.Service.Store;

namespace Trainyard.Service.Queue;

/// <summary>Puts back runs whose worker vanished. Runs in every process; several share the work (see <see cref="QueueSql.Rescue"/>).</summary>
internal sealed partial class Rescuer(RunQueue queue, IOptions<QueueOptions> options, TimeProvider clock, ILogger<Rescuer> logger) : BackgroundService
{
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

            await Task.Delay(options.Value.Rescue, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of run {RunId}, attempt {Attempt}, ran out; the run is {State} now")]
    private partial void LogRescued(Guid runId, int attempt, RunState state);

    [LoggerMessage(Message = "Could not look for lost leases: {Problem}")]
    private partial void LogFailed(LogLevel level, Exception exception, string problem);
}
