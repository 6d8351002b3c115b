namespace TorchSharp;

/// <summary>What padding is made of.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The elements mirrored at the edge, without the edge.</summary>
    Reflect = 1,

    /// <summary>The element at the edge.</summary>
    Replicate = 2,

    /// <summary>The elements from the opposite edge.</summary>
    Circular = 3,

    /// <summary>A number.</summary>
    Constant = 4,
}
