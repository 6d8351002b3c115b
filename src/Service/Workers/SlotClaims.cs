using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>A claimed run, and whether it has all slots of this worker.</summary>
internal sealed record SlotClaim(RunClaim Claim, bool TakesAll);

// Claims runs for the slots of this worker. With slots=auto a run takes one slot, or all of them. Runs are taken in order: while the oldest needs all slots, free ones
// wait until the others have ended, so that it is not overtaken for ever; they hold their jobs meanwhile.
internal sealed class SlotClaims(RunQueue queue, TimeProvider clock) : IDisposable
{
    // A run that became claimable without an end of another one here.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim claiming = new(1, 1);
    private readonly Lock gate = new();

    // Guarded by `gate`.
    private int taken;
    private bool allTaken;
    private TaskCompletionSource ended = NewSignal();

    /// <summary>Which runs take one slot; null: every run does.</summary>
    public SlotPlan? Plan { get; set; }

    /// <summary>The run of a job, or the oldest one; null: there is none now.</summary>
    public async Task<SlotClaim?> NextAsync(string worker, Guid runId, IReadOnlyList<string> queues, CancellationToken shutdown)
    {
        if (Plan is not { } plan)
        {
            var claim = await queue.ClaimAsync(worker, runId, queues, CancellationToken.None) ?? await queue.ClaimOldestAsync(worker, queues, CancellationToken.None);
            return claim is null ? null : new SlotClaim(claim, TakesAll: false);
        }

        while (!shutdown.IsCancellationRequested)
        {
            Task next;
            lock (gate)
            {
                next = ended.Task;
            }

            var (found, waits) = await TryAsync(worker, queues, plan);
            if (!waits)
            {
                return found;
            }

            await next.WaitAsync(Poll, clock, shutdown).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>A run that <see cref="NextAsync"/> returned has ended.</summary>
    public void Ended()
    {
        if (Plan is null)
        {
            return;
        }

        lock (gate)
        {
            (taken, allTaken) = (taken - 1, false);
            ended.SetResult();
            ended = NewSignal();
        }
    }

    public void Dispose() => claiming.Dispose();

    // One at a time, so that no run is claimed beside one that takes all.
    private async Task<(SlotClaim? Claim, bool Waits)> TryAsync(string worker, IReadOnlyList<string> queues, SlotPlan plan)
    {
        await claiming.WaitAsync();
        try
        {
            bool isFree;
            lock (gate)
            {
                if (allTaken)
                {
                    return (null, true);
                }

                isFree = taken == 0;
            }

            if (await queue.ClaimOldestAsync(worker, queues, CancellationToken.None, isFree ? null : plan.OneThreadFlops) is { } claim)
            {
                var takesAll = claim.StepFlops >= plan.OneThreadFlops;
                lock (gate)
                {
                    (taken, allTaken) = (taken + 1, takesAll);
                }

                return (new SlotClaim(claim, takesAll), false);
            }

            return (null, !isFree && (await queue.ClaimableAsync(1, CancellationToken.None)).Any(run => queues.Contains(run.Queue)));
        }
        finally
        {
            claiming.Release();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
