using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>
/// The newest events of one run that somebody watches, read once for all watchers. A watcher whose cursor is older than the tail reads
/// from the store until it has caught up.
/// </summary>
internal sealed class RunTail(long startSeq)
{
    /// <summary>Events that are kept for watchers that lag.</summary>
    public const int Capacity = 1024;

    private readonly Lock gate = new();
    private readonly List<RunEventEntry> entries = [];
    private TaskCompletionSource changed = New();
    private long firstSeq = startSeq + 1;
    private bool ended;
    private Exception? failure;

    /// <summary>Watchers; guarded by <see cref="RunFeed"/>.</summary>
    public int Watchers { get; set; }

    /// <summary>Ends the pump when the last watcher is gone. Never disposed: it has no timer, and who cancels it may come late.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Seq of the newest event in the tail; the pump's cursor.</summary>
    public long LastSeq
    {
        get
        {
            lock (gate)
            {
                return firstSeq + entries.Count - 1;
            }
        }
    }

    /// <summary>Whether nothing is added any more.</summary>
    public bool Ended
    {
        get
        {
            lock (gate)
            {
                return ended || failure is not null;
            }
        }
    }

    /// <summary>Adds what the pump read, in order and without gaps, and whether nothing can follow it.</summary>
    public void Append(IReadOnlyList<RunEventEntry> read, bool terminal)
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            if (read.Count == 0 && !terminal)
            {
                return;
            }

            entries.AddRange(read);
            if (entries.Count > Capacity * 2)
            {
                var old = entries.Count - Capacity;
                entries.RemoveRange(0, old);
                firstSeq += old;
            }

            ended = terminal;
            wake = changed;
            changed = New();
        }

        wake.SetResult();
    }

    /// <summary>The pump ended with an error that it cannot handle; every watcher gets it.</summary>
    public void Fail(Exception problem)
    {
        lock (gate)
        {
            failure = problem;
            changed.TrySetResult();
        }
    }

    /// <summary>What follows a cursor.</summary>
    /// <returns>
    /// Whether the tail reaches back to the cursor (if not, read the store); the events after it; whether nothing can follow them; and what
    /// completes at the next change.
    /// </returns>
    public (bool Covers, RunEventEntry[] Entries, bool Ended, Task Changed) After(long seq)
    {
        lock (gate)
        {
            if (failure is not null)
            {
                throw new InvalidOperationException("The events of the run cannot be read.", failure);
            }

            var skip = seq + 1 - firstSeq;
            return skip < 0
                ? (false, [], false, changed.Task)
                : (true, skip >= entries.Count ? [] : entries.GetRange((int)skip, entries.Count - (int)skip).ToArray(), ended, changed.Task);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
