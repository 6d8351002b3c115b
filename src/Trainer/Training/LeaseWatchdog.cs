namespace Trainyard.Trainer.Training;

// Ends a trainer whose worker no longer renews its lease: the worker is suspended or cut off, and another one may hold the run. The end of a lease is a
// timestamp of the monotonic clock, which processes of one machine share; so a line that is read late renews nothing.
internal sealed class LeaseWatchdog : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimeProvider time;
    private readonly Action expired;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long? end;

    public LeaseWatchdog(TimeProvider time, Action expired)
    {
        (this.time, this.expired) = (time, expired);
        timer = time.CreateTimer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The lease lasts until a timestamp of <see cref="TimeProvider"/>. Before the first call there is none to watch.</summary>
    public void Renew(long timestamp)
    {
        lock (gate)
        {
            end = Math.Max(end ?? 0, timestamp);
        }

        Check();
    }

    public void Dispose() => timer.Dispose();

    private void Check()
    {
        TimeSpan left;
        lock (gate)
        {
            left = time.GetElapsedTime(time.GetTimestamp(), end!.Value);
        }

        if (left <= TimeSpan.Zero)
        {
            expired();
        }
        else
        {
            // A timer may be early by a fraction of a millisecond, and has a longest time.
            timer.Change(left < LongestWait ? left + TimeSpan.FromMilliseconds(1) : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }
}
