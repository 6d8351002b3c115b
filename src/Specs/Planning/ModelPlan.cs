using System.Diagnostics.CodeAnalysis;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>The network that a spec describes, layer by layer. The trainer builds exactly this.</summary>
public sealed record ModelPlan
{
    /// <summary>Shape of one input sample: [C, H, W] or [F].</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Number of classes: outputs of the last layer.</summary>
    public required int Classes { get; init; }

    /// <summary>Layers in the order of the forward pass.</summary>
    public required IReadOnlyList<PlannedLayer> Layers { get; init; }

    /// <summary>All layers in the order of the layer table: the layers of a residual layer come before it.</summary>
    public IEnumerable<PlannedLayer> AllLayers => Flatten(Layers);

    /// <summary>Whether a layer is a convolution.</summary>
    public bool HasConvolutions => AllLayers.Any(layer => layer.Layer is ConvLayer);

    /// <summary>Trainable parameters of the whole network.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Floating-point operations of one forward pass of one sample.</summary>
    public long Flops => Layers.Sum(layer => layer.Flops);

    private static IEnumerable<PlannedLayer> Flatten(IEnumerable<PlannedLayer> layers) => layers.SelectMany(layer => Flatten(layer.Inner).Append(layer));
}

/// <summary>A layer with its inferred shapes and cost.</summary>
public sealed record PlannedLayer
{
    /// <summary>Unique in the model, stable between runs of one spec: the kind and its number, as in <c>conv1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The layer's settings.</summary>
    public required LayerSpec Layer { get; init; }

    /// <summary>The layers of a residual layer; empty for every other.</summary>
    public required IReadOnlyList<PlannedLayer> Inner { get; init; }

    /// <summary>Shape of one sample before the layer: [C, H, W] or [F].</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of one sample after the layer.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one forward pass of one sample.</summary>
    public required long Flops { get; init; }
}

/// <summary>The layer that a plan ends at, because it does not fit its input.</summary>
public sealed record BrokenLayer
{
    /// <summary>The name that it would have in the layer table, as in <c>conv5</c>; equal to the argument <c>layer</c> of its finding.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer, as in <c>conv</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Shape of one sample before the layer.</summary>
    public required IReadOnlyList<int> Input { get; init; }
}

/// <summary>Result of planning a network: all of it, or the layers before the first one that does not fit.</summary>
internal sealed record PlanAttempt
{
    /// <summary>The network, up to the broken layer if there is one.</summary>
    public required ModelPlan Plan { get; init; }

    /// <summary>The layer that does not fit; null when all do.</summary>
    public required BrokenLayer? Broken { get; init; }

    /// <summary>Why it does not fit; null when all do.</summary>
    public required SpecFinding? Problem { get; init; }

    [MemberNotNullWhen(false, nameof(Broken), nameof(Problem))]
    public bool IsComplete => Problem is null;
}
