using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>
/// Live runs at <c>/hubs/runs</c>, as streams from server to client. A stream is its own cursor over the store, so there are no groups to
/// join and nothing to merge: after a reconnect, a client asks again with the last seq that it has.
/// </summary>
internal sealed class RunsHub(RunFeed feed, RunTable table) : Hub
{
    /// <summary>Events of a run after a seq, in batches; ends when the run is terminal and drained, or when the client cancels.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="afterSeq">The last seq that the client has; 0 for all.</param>
    /// <param name="cancellationToken">Set when the client cancels or goes.</param>
    /// <exception cref="HubException">There is no such run.</exception>
    public async IAsyncEnumerable<RunEventEntry[]> Subscribe(
        Guid runId, long afterSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await feed.FindAsync(runId, cancellationToken) is null)
        {
            throw new HubException($"There is no run {runId}.");
        }

        await foreach (var batch in feed.StreamAsync(runId, afterSeq, cancellationToken))
        {
            yield return batch;
        }
    }

    /// <summary>What became of runs since the call: the newest summary of each that changed, ids of those that were deleted, and whether something may
    /// have been missed; at most four batches a second. An empty first batch says that watching began: what the client reads after it misses
    /// nothing.</summary>
    /// <param name="cancellationToken">Set when the client cancels or goes.</param>
    public IAsyncEnumerable<RunChanges> WatchRunChanges(CancellationToken cancellationToken) => table.WatchAsync(cancellationToken);
}
