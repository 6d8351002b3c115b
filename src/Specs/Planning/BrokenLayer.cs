namespace Trainyard.Specs.Planning;

/// <summary>The layer that a plan ends at, because it does not fit what comes before it.</summary>
public sealed record BrokenLayer
{
    /// <summary>The name that it would have in the layer table, as in <c>conv5</c>; the finding that says why has it as its <c>layer</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer, as in <c>conv</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Shape of one sample before the layer.</summary>
    public required IReadOnlyList<int> Input { get; init; }
}
