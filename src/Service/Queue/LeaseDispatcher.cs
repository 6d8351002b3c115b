using Microsoft.Extensions.Options;
using Trainyard.Service.Live;
using Trainyard.Service.Workers;

namespace Trainyard.Service.Queue;

/// <summary>
/// The built-in dispatcher: a slot claims what it can, and otherwise sleeps until the queue is announced or the poll interval passed. Runs
/// that become due after a backoff are announced by nobody, so polling is part of the contract and not only a safety net.
/// </summary>
internal sealed partial class LeaseDispatcher(Announcements announcements, IOptions<QueueOptions> options, ILogger<LeaseDispatcher> logger) : IRunDispatcher
{
    /// <summary><see cref="Name"/>.</summary>
    public const string DispatcherName = "lease";

    private readonly QueueOptions options = options.Value;

    /// <inheritdoc/>
    public string Name => DispatcherName;

    /// <inheritdoc/>
    public async Task DispatchAsync(RunWorker worker, CancellationToken stopping)
    {
        using var wake = announcements.WatchQueues();
        await Task.WhenAll(Enumerable.Range(0, worker.Slots).Select(_ => RunSlotAsync(worker, wake, stopping)));
    }

    private async Task RunSlotAsync(RunWorker worker, Signal wake, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await worker.ClaimNextAsync(stopping) is { } claim)
                {
                    // One announcement may stand for many runs: the next idle slot has a look too.
                    wake.Set();
                    await worker.TrainAsync(claim, stopping);
                }
                else
                {
                    await wake.WaitAsync(options.Poll, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // The database is away, or a bug: either way the slot must live on.
                LogClaimFailed(problem, problem.Message);
                await Task.Delay(options.Poll, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for a run: {Problem}")]
    private partial void LogClaimFailed(Exception exception, string problem);
}
