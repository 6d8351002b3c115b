namespace Trainyard.Specs.Diagnosis;

/// <summary>What to try about a finding.</summary>
public sealed record Suggestion
{
    /// <summary>One or two sentences.</summary>
    public required string Message { get; init; }

    /// <summary>The same as changes of the spec, to fork the run with.</summary>
    public required IReadOnlyList<SpecChange> Changes { get; init; }
}
