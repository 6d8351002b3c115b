namespace Trainyard.Service.Hosting;

/// <summary>An auto-reset event that is awaited: set any number of times, it releases one wait.</summary>
#pragma warning disable CA1001 // The semaphore holds nothing unmanaged (its wait handle is not used), and a late Set must not throw.
internal sealed class AsyncAutoResetEvent
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private readonly Lock gate = new();

    /// <summary>Releases the current wait or the next one.</summary>
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

    // Waits until it is set or the time is over. Returns whether it was set.
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => semaphore.WaitAsync(timeout, cancellationToken);
}
