using Trainyard.Service.Runs;

namespace Trainyard.Service.Live;

/// <summary>What became of runs since the batch before.</summary>
internal sealed record RunChanges
{
    /// <summary>Nothing: what says that watching began.</summary>
    public static RunChanges None { get; } = new() { Changed = [], Deleted = [], Missed = false };

    /// <summary>The newest summary of each run that changed or is new.</summary>
    public required IReadOnlyList<RunSummary> Changed { get; init; }

    /// <summary>Ids of runs that are gone. Nothing of them follows.</summary>
    public required IReadOnlyList<Guid> Deleted { get; init; }

    /// <summary>Whether the service was deaf for a while: read the list again, more may have changed or gone than is said here.</summary>
    public required bool Missed { get; init; }
}
