using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>What one watcher of the table has not taken yet: the newest summary of each run that changed, and the runs that are gone.</summary>
internal sealed class RunTableWatcher : IDisposable
{
    private readonly Lock gate = new();
    private readonly Signal offered = new();
    private Dictionary<Guid, RunSummary> changed = [];
    private HashSet<Guid> deleted = [];
    private bool missed;

    /// <summary>Adds changes; an older summary of the same run is replaced, and forgotten when the run is gone.</summary>
    public void Offer(RunChanges changes)
    {
        lock (gate)
        {
            foreach (var summary in changes.Changed)
            {
                changed[summary.Id] = summary;
            }

            foreach (var id in changes.Deleted)
            {
                changed.Remove(id);
                deleted.Add(id);
            }

            missed |= changes.Missed;
        }

        offered.Set();
    }

    /// <summary>Waits for changes and takes them all.</summary>
    public async Task<RunChanges> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await offered.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            lock (gate)
            {
                if (changed.Count > 0 || deleted.Count > 0 || missed)
                {
                    var taken = new RunChanges { Changed = [.. changed.Values], Deleted = [.. deleted], Missed = missed };
                    (changed, deleted, missed) = ([], [], false);
                    return taken;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => offered.Dispose();
}
