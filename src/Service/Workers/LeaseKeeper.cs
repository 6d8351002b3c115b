using Trainyard.Service.Hosting;
using Trainyard.Service.Live;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

// Keeps the lease of one attempt. Appends renew it (Confirm); after a third of its length without one, a timer does. A renewal that fails is retried every
// second for as long as the lease lasts by the local monotonic clock, counted from before the last good renewal was sent: an attempt that stops then stops
// before the run can be claimed again. Requests to stop arrive as control messages; each renewal returns them too.
internal sealed partial class LeaseKeeper(
    RunQueue queue, NotificationListener notifications, RunClaim claim, QueueOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly AsyncAutoResetEvent wake = new();
    private long renewedAt = claim.SentAt;

    /// <summary>Called at each renewal and each control message, last when the lease is lost; returns at once.</summary>
    public Action<LeaseRenewal> OnRenewed { private get; set; } = _ => { };

    /// <summary>How long the lease lasts at least.</summary>
    public TimeSpan Left => options.Lease - SinceRenewal;

    /// <summary>The end of that, as a timestamp of the monotonic clock.</summary>
    public long End
    {
        get
        {
            lock (gate)
            {
                return renewedAt + (long)(options.Lease.TotalSeconds * clock.TimestampFrequency);
            }
        }
    }

    /// <summary>Whether the lease ended because it was not renewed, so that this worker may still hold the run.</summary>
    public bool IsExpired { get; private set; }

    private TimeSpan SinceRenewal
    {
        get
        {
            lock (gate)
            {
                return clock.GetElapsedTime(renewedAt);
            }
        }
    }

    /// <summary>The lease was renewed by a statement that was sent at a local timestamp or later.</summary>
    public void Confirm(long sentAt, LeaseRenewal renewal)
    {
        lock (gate)
        {
            renewedAt = Math.Max(renewedAt, sentAt);
        }

        OnRenewed(renewal);
    }

    /// <summary>Keeps the lease until <paramref name="done"/>, or until it is lost.</summary>
    public async Task KeepAsync(CancellationToken done)
    {
        using var subscription = notifications.SubscribeToControls(OnControl);

        // Requests between the claim and the subscription had no subscriber.
        wake.Set();
        var pause = options.Lease / 3;
        try
        {
            while (true)
            {
                var isDue = await wake.WaitAsync(pause, done);
                pause = (options.Lease / 3) - SinceRenewal;
                if (!isDue && pause > TimeSpan.Zero)
                {
                    continue; // An append renewed it meanwhile.
                }

                var isRenewed = await TryRenewAsync(done);
                if (isRenewed == false || Left <= TimeSpan.Zero)
                {
                    IsExpired = isRenewed is null;
                    OnRenewed(new(Held: false));
                    return;
                }

                pause = isRenewed is null ? (RetryPause < Left ? RetryPause : Left) : options.Lease / 3;
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The attempt ended with its lease.
        }
    }

    private void OnControl(ControlMessage? message)
    {
        if (message is null)
        {
            wake.Set(); // Messages may have been missed: the renewal returns the request.
        }
        else if (message.RunId == claim.RunId && message.Attempt == claim.Attempt)
        {
            OnRenewed(new(Held: true, message.Request));
        }
    }

    // False: the lease is lost; null: the database could not be reached.
    private async Task<bool?> TryRenewAsync(CancellationToken done)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(done);
        limit.CancelAfter(Left > TimeSpan.Zero ? Left : TimeSpan.FromMilliseconds(1));
        var sentAt = clock.GetTimestamp();
        try
        {
            var renewal = await queue.RenewAsync(claim, limit.Token);
            if (renewal.Held)
            {
                Confirm(sentAt, renewal);
            }

            return renewal.Held;
        }
        catch (Exception exception) when (!done.IsCancellationRequested)
        {
            LogNotRenewed(exception.Message, Left.TotalSeconds);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease was not renewed ({Reason}); it expires in {Left:0.0} s")]
    private partial void LogNotRenewed(string reason, double left);
}
