namespace Trainyard.Specs.Events.Forward;

/// <summary>What to show of a forward pass through a trained network (<c>trainer forward</c>).</summary>
public sealed record ForwardRequest
{
    /// <summary>Index of a validation sample, from 0; the first one beyond the last. Ignored with <see cref="Pixels"/>.</summary>
    public int Sample { get; init; }

    /// <summary>An image of one's own: bytes of [H, W, C], in the size of the dataset's images; null for a validation sample.</summary>
    public byte[]? Pixels { get; init; }

    /// <summary>The unit whose computation is shown; null for none.</summary>
    public UnitAddress? Unit { get; init; }
}

/// <summary>A value of a layer's output.</summary>
public sealed record UnitAddress
{
    /// <summary>The layer, by its name in the layer table.</summary>
    public required string Layer { get; init; }

    /// <summary>Channel of a feature map, or unit of a vector, from 0.</summary>
    public required int Channel { get; init; }

    /// <summary>Row of a feature map, from 0 at the top; 0 for a vector.</summary>
    public int Row { get; init; }

    /// <summary>Column of a feature map, from 0 at the left; 0 for a vector.</summary>
    public int Column { get; init; }
}
