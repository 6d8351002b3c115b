namespace Trainyard.Service.Live;

/// <summary>Something may have changed: set any number of times, it wakes the next wait once.</summary>
internal sealed class Signal(Action<Signal>? disposed = null) : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private readonly Lock gate = new();

    /// <summary>Wakes the current wait or the next one.</summary>
    public void Set()
    {
        lock (gate)
        {
            if (semaphore.CurrentCount == 0)
            {
                semaphore.Release();
            }
        }
    }

    /// <summary>Waits until it is set or the time is over.</summary>
    /// <returns>Whether it was set.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => semaphore.WaitAsync(atMost, cancellationToken);

    /// <summary>Ends the subscription. Not the semaphore: a late <see cref="Set"/> must not throw, and it holds nothing unmanaged.</summary>
    public void Dispose() => disposed?.Invoke(this);
}
