namespace Trainyard.Trainer.Datasets;

/// <summary>The area of each kind of shape.</summary>
internal static class ShapeKinds
{
    /// <summary>Number of kinds.</summary>
    public const int Count = 10;

    private const double Line = 0.3;

    /// <summary>Whether a point belongs to the shape.</summary>
    /// <param name="kind">The shape.</param>
    /// <param name="x">To the right; the shape reaches from -1 to 1.</param>
    /// <param name="y">Down; the shape reaches from -1 to 1.</param>
    public static bool Contains(ShapeKind kind, double x, double y)
    {
        var (width, height) = (Math.Abs(x), Math.Abs(y));
        var reach = Math.Max(width, height);
        return kind switch
        {
            ShapeKind.Disc => (x * x) + (y * y) <= 1,
            ShapeKind.Ring => (x * x) + (y * y) is <= 1 and >= (1 - Line) * (1 - Line),
            ShapeKind.Square => reach <= 0.9,
            ShapeKind.Frame => reach is <= 0.9 and >= 0.9 - Line,
            ShapeKind.TriangleUp => height <= 0.9 && width <= (y + 0.9) / 1.8,
            ShapeKind.TriangleDown => height <= 0.9 && width <= (0.9 - y) / 1.8,
            ShapeKind.Plus => reach <= 1 && Math.Min(width, height) <= Line / 1.5,
            ShapeKind.Cross => reach <= 0.9 && Math.Abs(width - height) <= Line,
            ShapeKind.HorizontalBars => width <= 0.9 && height is >= 0.4 and <= 0.85,
            ShapeKind.VerticalBars => height <= 0.9 && width is >= 0.4 and <= 0.85,
            _ => false,
        };
    }
}
