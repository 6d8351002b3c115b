namespace Trainyard.Service.Results;

/// <summary>The checkpoints that a run wrote.</summary>
public sealed record RunCheckpoints
{
    /// <summary>Oldest first; a file that was written again counts once, as it is now.</summary>
    public required IReadOnlyList<RunCheckpoint> Items { get; init; }
}
