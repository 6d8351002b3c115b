using Trainyard.Specs.Json;

namespace Trainyard.Specs.Events.Forward;

/// <summary>What to show of a forward pass through a trained network.</summary>
[OptionalMembers]
public sealed record ForwardRequest
{
    /// <summary>Index of a validation sample, from 0; the last one beyond the last. Ignored with an image or a point of one's own.</summary>
    [Number(0, int.MaxValue)]
    public int Sample { get; init; }

    /// <summary>An image of one's own: H * W * C values from 0 to 255, row by row from the top, the channels of a pixel together; null for none.</summary>
    [Items(1, 65_536), Number(0, 255)]
    public IReadOnlyList<int>? Pixels { get; init; }

    /// <summary>A point of one's own: its coordinates as in the dataset; null for none.</summary>
    [Items(1, 64), Number(-1e6, 1e6)]
    public IReadOnlyList<double>? Point { get; init; }

    /// <summary>The unit whose computation is shown; null for none.</summary>
    public UnitAddress? Unit { get; init; }

    /// <summary>Whether the answer has the values of all layers and the filters; without, it is short.</summary>
    public bool Maps { get; init; } = true;
}

/// <summary>A value of a layer's output.</summary>
[OptionalMembers]
public sealed record UnitAddress
{
    /// <summary>The layer, by its name in the layer table.</summary>
    [Text(1, 100)]
    public required string Layer { get; init; }

    /// <summary>Channel of a feature map, or unit of a vector, from 0.</summary>
    [Number(0, int.MaxValue)]
    public required int Channel { get; init; }

    /// <summary>Row of a feature map, from 0 at the top; 0 for a vector.</summary>
    [Number(0, int.MaxValue)]
    public int Row { get; init; }

    /// <summary>Column of a feature map, from 0 at the left; 0 for a vector.</summary>
    [Number(0, int.MaxValue)]
    public int Column { get; init; }
}
