using System.Text.Json;

namespace Trainyard.Specs.Planning;

/// <summary>One line of the layer table that people see.</summary>
public sealed record LayerRow
{
    /// <summary>Name of the layer, as in <c>conv1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer, as in <c>batch_norm</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The settings by name, as a spec names them; the kind tells which there are. Null: written by a version that did not tell.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>The settings in one English line, as in <c>3x3, stride 1, padding 1</c>; empty when there are none.</summary>
    public required string Settings { get; init; }

    /// <summary>Shape of one sample before the layer.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of one sample after the layer.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>Learned numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one forward pass of one sample; a multiply-add counts as two.</summary>
    public required long Flops { get; init; }

    /// <summary>Bytes of the layer's output for one sample in float32.</summary>
    public required long OutputBytes { get; init; }
}
