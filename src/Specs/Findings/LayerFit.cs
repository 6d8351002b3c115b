using Trainyard.Specs.Planning;

namespace Trainyard.Specs.Findings;

/// <summary>What of a layer its weights must fit.</summary>
public sealed record LayerFit
{
    /// <summary>Name in the layer table.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer.</summary>
    public required string Kind { get; init; }

    /// <summary>Shape of one sample before it.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of one sample after it.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>Learned numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>That of a row of the layer table.</summary>
    public static LayerFit Of(LayerRow row) => new() { Name = row.Name, Kind = row.Kind, Input = row.Input, Output = row.Output, Parameters = row.Parameters };

    /// <summary>In one line.</summary>
    public override string ToString() => $"{Name}: {Kind}, {string.Join("x", Input)} to {string.Join("x", Output)}, {Parameters} parameters";
}
