namespace Trainyard.Specs.Spec;

/// <summary>Family of a network.</summary>
public enum ModelKind
{
    /// <summary>Multi-layer perceptron: dense layers only.</summary>
    Mlp,

    /// <summary>Convolutional network: convolution blocks, then dense layers.</summary>
    Cnn,

    /// <summary>A network of the catalog.</summary>
    Preset,

    /// <summary>A free list of layers.</summary>
    Layers,
}
