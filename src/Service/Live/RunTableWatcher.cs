using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>What one watcher of the table has not taken yet: the newest summary of each run.</summary>
internal sealed class RunTableWatcher : IDisposable
{
    private readonly Lock gate = new();
    private readonly Signal offered = new();
    private Dictionary<Guid, RunSummary> waiting = [];

    /// <summary>Adds summaries; an older one of the same run is replaced.</summary>
    public void Offer(IReadOnlyCollection<RunSummary> summaries)
    {
        lock (gate)
        {
            foreach (var summary in summaries)
            {
                waiting[summary.Id] = summary;
            }
        }

        offered.Set();
    }

    /// <summary>Waits for summaries and takes them all.</summary>
    public async Task<RunSummary[]> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await offered.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            lock (gate)
            {
                if (waiting.Count > 0)
                {
                    var taken = waiting.Values.ToArray();
                    waiting = [];
                    return taken;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => offered.Dispose();
}
