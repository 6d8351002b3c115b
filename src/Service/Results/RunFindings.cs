namespace Trainyard.Service.Results;

/// <summary>What the diagnosis noticed about a run.</summary>
public sealed record RunFindings
{
    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<RunFinding> Findings { get; init; }
}
