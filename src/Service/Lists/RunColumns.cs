namespace Trainyard.Service.Lists;

/// <summary>What a list can show and be sorted by beside its fixed columns.</summary>
public sealed record RunColumns
{
    /// <summary>Metrics that some run has, and those that every run will have.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Parameters that a spec can have outside its lists of layers.</summary>
    public required IReadOnlyList<ParameterColumn> Parameters { get; init; }
}
