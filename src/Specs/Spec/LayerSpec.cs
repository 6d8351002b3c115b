using System.Text.Json.Serialization;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>One layer of a network, in the order of the forward pass.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConvLayer), "conv")]
[JsonDerivedType(typeof(DenseLayer), "dense")]
[JsonDerivedType(typeof(PoolLayer), "pool")]
[JsonDerivedType(typeof(GlobalPoolLayer), "global_pool")]
[JsonDerivedType(typeof(FlattenLayer), "flatten")]
[JsonDerivedType(typeof(BatchNormLayer), "batch_norm")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(ResidualLayer), "residual")]
public abstract record LayerSpec
{
    /// <summary>The discriminator, as in the JSON: conv, dense, pool, global_pool, flatten, batch_norm, activation, dropout, residual.</summary>
    [JsonIgnore]
    public string Kind => this switch
    {
        ConvLayer => "conv",
        DenseLayer => "dense",
        PoolLayer => "pool",
        GlobalPoolLayer => "global_pool",
        FlattenLayer => "flatten",
        BatchNormLayer => "batch_norm",
        ActivationLayer => "activation",
        DropoutLayer => "dropout",
        ResidualLayer => "residual",
        _ => throw new NotSupportedException($"{GetType().Name} has no kind."),
    };
}

/// <summary>2-D convolution: [N, C, H, W] to [N, Filters, H', W'].</summary>
public sealed record ConvLayer : LayerSpec
{
    /// <summary>Output channels.</summary>
    public required int Filters { get; init; }

    /// <summary>Side of the square kernel.</summary>
    public required int Kernel { get; init; }

    /// <summary>Stride.</summary>
    public required int Stride { get; init; }

    /// <summary>Zero padding on each side.</summary>
    public required int Padding { get; init; }

    /// <summary>Spacing of the kernel elements.</summary>
    public required int Dilation { get; init; }

    /// <summary>Whether a bias per filter is added.</summary>
    public required bool Bias { get; init; }

    /// <summary>Initialization of the weights.</summary>
    public required TechniqueChoice Initialization { get; init; }
}

/// <summary>Fully connected layer: [N, F] to [N, Units].</summary>
public sealed record DenseLayer : LayerSpec
{
    /// <summary>Outputs.</summary>
    public required int Units { get; init; }

    /// <summary>Whether a bias per unit is added.</summary>
    public required bool Bias { get; init; }

    /// <summary>Initialization of the weights.</summary>
    public required TechniqueChoice Initialization { get; init; }
}

/// <summary>Pooling with square windows that do not overlap; an incomplete window at the border is dropped.</summary>
public sealed record PoolLayer : LayerSpec
{
    /// <summary>Maximum or average.</summary>
    public required PoolKind Pool { get; init; }

    /// <summary>Side and stride of the window.</summary>
    public required int Size { get; init; }
}

/// <summary>Pooling over all positions: [N, C, H, W] to [N, C].</summary>
public sealed record GlobalPoolLayer : LayerSpec
{
    /// <summary>Maximum or average.</summary>
    public required GlobalPool Pool { get; init; }
}

/// <summary>[N, C, H, W] to [N, C * H * W].</summary>
public sealed record FlattenLayer : LayerSpec;

/// <summary>Batch normalization per channel (images) or per unit (vectors), with trainable scale and shift.</summary>
public sealed record BatchNormLayer : LayerSpec
{
    /// <summary>Weight of the current batch in the running statistics.</summary>
    public required double Momentum { get; init; }

    /// <summary>Added to the variance.</summary>
    public required double Epsilon { get; init; }
}

/// <summary>Element-wise activation; maxout takes the maximum of each k adjacent channels or units.</summary>
public sealed record ActivationLayer : LayerSpec
{
    /// <summary>A technique of kind <c>activation</c>.</summary>
    public required TechniqueChoice Activation { get; init; }
}

/// <summary>Inverted dropout: in training mode a value is set to 0 with probability Rate, else divided by 1 - Rate.</summary>
public sealed record DropoutLayer : LayerSpec
{
    /// <summary>Dropout probability.</summary>
    public required double Rate { get; init; }
}

/// <summary>Adds its input to the output of its layers (He et al., 2016), which has the same shape.</summary>
public sealed record ResidualLayer : LayerSpec
{
    /// <summary>The layers of the residual branch.</summary>
    public required IReadOnlyList<LayerSpec> Layers { get; init; }
}
