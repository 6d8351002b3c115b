using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>A layer with its inferred shapes and cost.</summary>
public sealed record PlannedLayer
{
    /// <summary>Unique in the model, stable between runs of one spec: the kind and its number, as in <c>conv1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the layer is.</summary>
    public required LayerSpec Layer { get; init; }

    /// <summary>The planned layers within; empty for all but a residual layer.</summary>
    public required IReadOnlyList<PlannedLayer> Inner { get; init; }

    /// <summary>Shape of one sample before the layer: [C, H, W] or [F].</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of one sample after the layer.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>Learned numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one forward pass of one sample; a multiply-add counts as two.</summary>
    public required long Flops { get; init; }
}
