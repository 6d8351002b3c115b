using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

// Live runs at /hubs/runs, as streams from server to client. A stream is its own cursor over the store, so there are no groups to join: after a reconnect, a
// client subscribes again with the last seq that it has.
internal sealed class RunsHub(RunEventFeed events, RunChangeFeed changes) : Hub
{
    // Events of a run after a seq, in batches; ends when the run is in a final state and all its events were sent.
    // afterSeq: The last seq that the client has; 0 for all. Throws HubException: the run does not exist.
    public async IAsyncEnumerable<RunEventEntry[]> Subscribe(
        Guid runId, long afterSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await events.FindAsync(runId, cancellationToken) is null)
        {
            throw new HubException($"Run {runId} does not exist.");
        }

        await foreach (var batch in events.StreamAsync(runId, afterSeq, cancellationToken))
        {
            yield return batch;
        }
    }

    // Changes of all runs and studies from now on, at most four batches a second. The first batch is empty and marks the start of the subscription: a list that is read
    // after it misses nothing.
    public IAsyncEnumerable<RunChanges> WatchRunChanges(CancellationToken cancellationToken) => changes.WatchAsync(cancellationToken);
}
