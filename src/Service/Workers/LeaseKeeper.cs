using Trainyard.Service.Live;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>
/// Keeps the lease of one attempt: renews it at a third of its length, and when something about the run is announced (a wish to cancel). A
/// renewal that fails is tried again every second for as long as the lease lasts by the local monotonic clock, counted from before the last
/// good renewal was sent. Whoever obeys it stops before another worker can claim the run.
/// </summary>
internal sealed partial class LeaseKeeper(
    RunQueue queue, Announcements announcements, RunClaim claim, QueueOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // The attempt's own appends are announced too; they must not turn into a renewal each.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private long confirmedAt = claim.SentAt;

    /// <summary>How long the lease lasts at least.</summary>
    public TimeSpan Left => options.Lease - clock.GetElapsedTime(Interlocked.Read(ref confirmedAt));

    /// <summary>Keeps the lease until <paramref name="done"/>, or until it is lost.</summary>
    /// <param name="heard">Gets each answer; the last one if the lease is lost is <see cref="LeaseRenewal.Lost"/>.</param>
    /// <param name="done">The attempt has ended.</param>
    public async Task KeepAsync(Action<LeaseRenewal> heard, CancellationToken done)
    {
        using var wake = announcements.WatchRun(claim.RunId);

        // What was asked between the claim and now was announced to nobody.
        wake.Set();
        var pause = options.Lease / 3;
        try
        {
            while (true)
            {
                var began = clock.GetTimestamp();
                if (await wake.WaitAsync(pause, done) && ShortestPause - clock.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
                {
                    await Task.Delay(early < pause ? early : pause, clock, done);
                }

                var answer = await RenewAsync(done);
                if ((answer ?? LeaseRenewal.Held) == LeaseRenewal.Lost || Left <= TimeSpan.Zero)
                {
                    heard(LeaseRenewal.Lost);
                    return;
                }

                if (answer is { } known)
                {
                    heard(known);
                }

                pause = answer is null ? Min(RetryPause, Left) : options.Lease / 3;
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The attempt ended with its lease.
        }
    }

    private async Task<LeaseRenewal?> RenewAsync(CancellationToken done)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(done);
        limit.CancelAfter(Max(Left, TimeSpan.FromMilliseconds(1)));
        var sentAt = clock.GetTimestamp();
        try
        {
            var answer = await queue.RenewAsync(claim, limit.Token);
            if (answer != LeaseRenewal.Lost)
            {
                Interlocked.Exchange(ref confirmedAt, sentAt);
            }

            return answer;
        }
        catch (Exception problem) when (!done.IsCancellationRequested)
        {
            LogNotRenewed(problem.Message, Left.TotalSeconds);
            return null;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease was not renewed ({Problem}); it lasts for another {Left:0.0} s")]
    private partial void LogNotRenewed(string problem, double left);
}
