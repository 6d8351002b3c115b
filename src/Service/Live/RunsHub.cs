using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>
/// Live runs at <c>/hubs/runs</c>, as streams from server to client. A stream is its own cursor over the store, so there are no groups to
/// join: after a reconnect, a client subscribes again with the last seq that it has.
/// </summary>
internal sealed class RunsHub(RunEventFeed events, RunChangeFeed changes) : Hub
{
    /// <summary>Events of a run after a seq, in batches; ends when the run is in a final state and all its events were sent.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="afterSeq">The last seq that the client has; 0 for all.</param>
    /// <param name="cancellationToken">Set when the client cancels or disconnects.</param>
    /// <exception cref="HubException">The run does not exist.</exception>
    public async IAsyncEnumerable<RunEventEntry[]> Subscribe(
        Guid runId, long afterSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await events.ExistsAsync(runId, cancellationToken))
        {
            throw new HubException($"Run {runId} does not exist.");
        }

        await foreach (var batch in events.StreamAsync(runId, afterSeq, cancellationToken))
        {
            yield return batch;
        }
    }

    /// <summary>
    /// Changes of all runs from now on, at most four batches a second. The first batch is empty and marks the start of the subscription: a list that is
    /// read after it misses nothing.
    /// </summary>
    /// <param name="cancellationToken">Set when the client cancels or disconnects.</param>
    public IAsyncEnumerable<RunChanges> WatchRunChanges(CancellationToken cancellationToken) => changes.WatchAsync(cancellationToken);
}
