namespace Trainyard.Service.Lifecycle;

/// <summary>Whether something can be done to a run now.</summary>
public sealed record RunAction
{
    /// <summary>Whether the request would be accepted.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why not, in one sentence; null when it is enabled.</summary>
    public required string? Reason { get; init; }
}
