using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>A network: convolution blocks and dense layers, a preset, or a list of layers; then a dense layer of one output per class.</summary>
public sealed record ModelSpec
{
    /// <summary>The default activation.</summary>
    public const string DefaultActivation = "relu";

    /// <summary>Kind of description of the network.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>A technique of kind <c>preset</c>; null for every other kind of model.</summary>
    public required TechniqueChoice? Preset { get; init; }

    /// <summary>All layers except the output; empty for every kind of model but <c>layers</c>.</summary>
    public required IReadOnlyList<LayerSpec> Layers { get; init; }

    /// <summary>Convolution blocks, first to last; empty for every kind of model but a CNN.</summary>
    public required IReadOnlyList<ConvBlockSpec> Blocks { get; init; }

    /// <summary>Global pooling after the last block; none for an MLP.</summary>
    public required GlobalPool GlobalPool { get; init; }

    /// <summary>Units of each hidden dense layer; empty: only the output layer.</summary>
    public required IReadOnlyList<int> Dense { get; init; }

    /// <summary>A technique of kind <c>activation</c>, used after every hidden layer.</summary>
    public required TechniqueChoice Activation { get; init; }

    /// <summary>A technique of kind <c>initialization</c>, used for every weight; biases start at 0.</summary>
    public required TechniqueChoice Initialization { get; init; }

    /// <summary>Batch normalization of every hidden layer; null for none.</summary>
    public required BatchNormSpec? BatchNorm { get; init; }

    /// <summary>Dropout per kind of layer.</summary>
    public required DropoutSpec Dropout { get; init; }
}

/// <summary>Kind of description of a network.</summary>
public enum ModelKind
{
    /// <summary>Multi-layer perceptron: dense layers only.</summary>
    Mlp,

    /// <summary>Convolutional network: convolution blocks, then dense layers.</summary>
    Cnn,

    /// <summary>A network of the catalog.</summary>
    Preset,

    /// <summary>A list of layers.</summary>
    Layers,
}

/// <summary>Equal convolutions, each with the batch norm and activation of the model, then pooling and dropout.</summary>
public sealed record ConvBlockSpec
{
    /// <summary>Output channels of each convolution, 1 to 4,096.</summary>
    public required int Filters { get; init; }

    /// <summary>Number of convolutions, 1 to 16.</summary>
    public required int Convolutions { get; init; }

    /// <summary>Side of the square kernel, 1 to 15.</summary>
    public required int Kernel { get; init; }

    /// <summary>Stride of the first convolution, 1 to 8; the others have stride 1.</summary>
    public required int Stride { get; init; }

    /// <summary>Zero padding on each side, 0 to 7; null keeps the size ("same": (kernel - 1) / 2, odd kernels).</summary>
    public required int? Padding { get; init; }

    /// <summary>Pooling after the last convolution.</summary>
    public required PoolKind Pool { get; init; }

    /// <summary>Side and stride of the pooling window, 2 to 8.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Activation of this block; null for that of the model.</summary>
    public required TechniqueChoice? Activation { get; init; }

    /// <summary>Initialization of this block; null for that of the model.</summary>
    public required TechniqueChoice? Initialization { get; init; }
}

/// <summary>Pooling at the end of a convolution block.</summary>
public enum PoolKind
{
    /// <summary>No pooling.</summary>
    None,

    /// <summary>Maximum of each window.</summary>
    Max,

    /// <summary>Mean of each window.</summary>
    Average,
}

/// <summary>Global pooling of a feature map: [C, H, W] becomes [C].</summary>
public enum GlobalPool
{
    /// <summary>The feature map is flattened instead: [C, H, W] becomes [C * H * W].</summary>
    None,

    /// <summary>Mean over the positions of each channel.</summary>
    Average,

    /// <summary>Maximum over the positions of each channel.</summary>
    Max,
}

/// <summary>Batch normalization (Ioffe and Szegedy, 2015) of every hidden layer.</summary>
public sealed record BatchNormSpec
{
    /// <summary>Before or after the activation.</summary>
    public required BatchNormPosition Position { get; init; }

    /// <summary>Weight of the current batch in the running statistics, above 0 to 1.</summary>
    public required double Momentum { get; init; }

    /// <summary>Added to the variance, 1e-8 to 0.1.</summary>
    public required double Epsilon { get; init; }
}

/// <summary>Position of batch normalization in a hidden layer.</summary>
public enum BatchNormPosition
{
    /// <summary>Between the weights and the activation, as in the paper.</summary>
    Before,

    /// <summary>After the activation.</summary>
    After,
}

/// <summary>Dropout rates per kind of layer: the probability that a value is set to 0 in training.</summary>
public sealed record DropoutSpec
{
    /// <summary>After each convolution block, 0 to 0.95.</summary>
    public required double Conv { get; init; }

    /// <summary>After each hidden dense layer, 0 to 0.95.</summary>
    public required double Dense { get; init; }
}
