namespace Trainyard.Service.Hosting;

/// <summary>Whether this process can train runs; written by its worker, read by the health checks.</summary>
internal sealed class TrainerStatus(TimeProvider clock)
{
    private volatile State current = new(IsReady: false, Reason: null, clock.GetUtcNow());

    public State Current => current;

    public void SetReady() => Set(isReady: true, reason: null);

    public void SetUnavailable(string reason) => Set(isReady: false, reason);

    private void Set(bool isReady, string? reason)
    {
        if ((current.IsReady, current.Reason) != (isReady, reason))
        {
            current = new(isReady, reason, clock.GetUtcNow());
        }
    }

    // Reason: Why not; null when ready, and while the trainer is checked for the first time. Since: Since when, UTC.
    internal sealed record State(bool IsReady, string? Reason, DateTimeOffset Since);
}
