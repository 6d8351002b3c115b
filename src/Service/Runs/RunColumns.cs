namespace Trainyard.Service.Runs;

/// <summary>What a list can show and be sorted by beside its fixed columns.</summary>
public sealed record RunColumns
{
    /// <summary>Metrics that some run has, and those that every run will have.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>
    /// Parameters that a spec can have outside its lists of layers, then others in which runs differ. With a <c>*</c> in its pointer: the list of what all blocks or
    /// layers have there, sorted by how many and then by the values.
    /// </summary>
    public required IReadOnlyList<ParameterColumn> Parameters { get; init; }
}
