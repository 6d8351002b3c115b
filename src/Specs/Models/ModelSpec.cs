using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Models;

/// <summary>A network from settings: convolution blocks (CNN only), then dense layers, then a dense layer of one output per class.</summary>
public sealed record ModelSpec
{
    /// <summary>Multi-layer perceptron or convolutional network.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Convolution blocks, first to last; empty for an MLP.</summary>
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
