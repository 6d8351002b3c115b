namespace Trainyard.Service.Hosting;

/// <summary>Whether this process can train runs; written by its worker, read by the health checks.</summary>
internal sealed class TrainerStatus(TimeProvider clock)
{
    private volatile State current = new(IsReady: false, Reason: null, clock.GetUtcNow());

    /// <summary>The status now.</summary>
    public State Current => current;

    /// <summary>The trainer works.</summary>
    public void SetReady() => Set(isReady: true, reason: null);

    /// <summary>The trainer cannot be used.</summary>
    public void SetUnavailable(string reason) => Set(isReady: false, reason);

    private void Set(bool isReady, string? reason)
    {
        if ((current.IsReady, current.Reason) != (isReady, reason))
        {
            current = new(isReady, reason, clock.GetUtcNow());
        }
    }

    /// <param name="IsReady">Whether runs are trained by this process.</param>
    /// <param name="Reason">Why not; null when ready, and while the trainer is checked for the first time.</param>
    /// <param name="Since">Since when, UTC.</param>
    internal sealed record State(bool IsReady, string? Reason, DateTimeOffset Since);
}
