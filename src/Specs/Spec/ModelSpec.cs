using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>A network: convolution blocks and dense layers, a preset, or a free list of layers; then a dense layer of one output per class.</summary>
public sealed record ModelSpec
{
    /// <summary>The activation of a spec that names none.</summary>
    public const string DefaultActivation = "relu";

    /// <summary>How the network is described.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.Preset"/>; null for every other kind of model.</summary>
    public required TechniqueChoice? Preset { get; init; }

    /// <summary>All layers but the output; empty for every kind of model but <see cref="ModelKind.Layers"/>.</summary>
    public required IReadOnlyList<LayerSpec> Layers { get; init; }

    /// <summary>Convolution blocks, first to last; empty for every kind of model but a CNN.</summary>
    public required IReadOnlyList<ConvBlockSpec> Blocks { get; init; }

    /// <summary>Pooling over all positions after the last block; an MLP has none.</summary>
    public required GlobalPool GlobalPool { get; init; }

    /// <summary>Units of each hidden dense layer; empty: only the output layer.</summary>
    public required IReadOnlyList<int> Dense { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.Activation"/>, used after every hidden layer.</summary>
    public required TechniqueChoice Activation { get; init; }

    /// <summary>A technique of kind <see cref="TechniqueKind.Initialization"/>, used for every weight; biases start at 0.</summary>
    public required TechniqueChoice Initialization { get; init; }

    /// <summary>Batch normalisation of every hidden layer; null: none.</summary>
    public required BatchNormSpec? BatchNorm { get; init; }

    /// <summary>Dropout per kind of layer.</summary>
    public required DropoutSpec Dropout { get; init; }
}
