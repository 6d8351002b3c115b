using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>Changes that one subscriber has not received yet: the newest summary of each run that changed, and the runs that were deleted.</summary>
internal sealed class RunChangeSubscription
{
    private readonly Lock gate = new();
    private readonly AsyncAutoResetEvent added = new();
    private Dictionary<Guid, RunSummary> changed = [];
    private HashSet<Guid> deleted = [];
    private bool missed;

    /// <summary>Adds changes; they replace an older summary of the same run.</summary>
    public void Add(RunChanges changes)
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

        added.Set();
    }

    /// <summary>Waits for changes and removes them all.</summary>
    public async Task<RunChanges> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await added.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            lock (gate)
            {
                // It may have been taken by the previous call, after the event was set again.
                if (changed.Count > 0 || deleted.Count > 0 || missed)
                {
                    var taken = new RunChanges { Changed = [.. changed.Values], Deleted = [.. deleted], Missed = missed };
                    (changed, deleted, missed) = ([], [], false);
                    return taken;
                }
            }
        }
    }
}
