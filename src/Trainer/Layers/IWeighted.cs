using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Layers;

/// <summary>A layer of weighted sums: a convolution or a dense layer.</summary>
internal interface IWeighted
{
    /// <summary>The weights, without the bias.</summary>
    Tensor Weight { get; }

    /// <summary>How they start.</summary>
    TechniqueChoice Initialization { get; }
}
