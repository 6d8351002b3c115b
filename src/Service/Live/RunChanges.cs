using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>Changes of runs since the previous batch.</summary>
internal sealed record RunChanges
{
    /// <summary>No change: marks the start of a subscription.</summary>
    public static RunChanges None { get; } = new() { Changed = [], Deleted = [], Missed = false };

    /// <summary>The newest summary of each run that changed or is new.</summary>
    public required IReadOnlyList<RunSummary> Changed { get; init; }

    public required IReadOnlyList<Guid> Deleted { get; init; }

    /// <summary>Whether notifications may have been missed: more runs may have changed or been deleted, so the list must be read again.</summary>
    public required bool Missed { get; init; }
}
