using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>Some equal convolutions, each with the model's batch norm and activation, then pooling and dropout.</summary>
public sealed record ConvBlockSpec
{
    /// <summary>Output channels of each convolution, 1 to 4,096.</summary>
    public required int Filters { get; init; }

    /// <summary>Number of convolutions, 1 to 16.</summary>
    public required int Convolutions { get; init; }

    /// <summary>Side of the square filter, 1 to 15.</summary>
    public required int Kernel { get; init; }

    /// <summary>Step of the first convolution, 1 to 8; the others step by 1.</summary>
    public required int Stride { get; init; }

    /// <summary>Zero padding on each side, 0 to 7; null keeps the size ("same": (kernel - 1) / 2, odd filters).</summary>
    public required int? Padding { get; init; }

    /// <summary>Pooling after the last convolution.</summary>
    public required PoolKind Pool { get; init; }

    /// <summary>Side and step of the pooling window, 2 to 8.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Activation of this block; null: the model's.</summary>
    public required TechniqueChoice? Activation { get; init; }

    /// <summary>Initialisation of this block; null: the model's.</summary>
    public required TechniqueChoice? Initialization { get; init; }
}
