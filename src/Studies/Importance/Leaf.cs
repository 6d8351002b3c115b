namespace Trainyard.Studies.Importance;

/// <summary>An axis of the space of a <see cref="RegressionTree"/>.</summary>
/// <param name="Categories">Number of categories; null for a numeric axis.</param>
internal sealed record Axis(int? Categories)
{
    public AxisRange Whole => Categories is { } count ? new AxisRange(0, 1, [.. Enumerable.Range(0, count)], count) : new AxisRange(0, 1, null, 0);
}

/// <summary>A part of an axis: an interval, or some of its categories.</summary>
internal sealed record AxisRange(double From, double To, HashSet<int>? Categories, int OfCategories)
{
    /// <summary>Share of the axis.</summary>
    public double Share => Categories is null ? To - From : (double)Categories.Count / OfCategories;

    public (AxisRange Left, AxisRange Right) Divide(RegressionTree.Split split) => split.LeftCategories is { } left
        ? (this with { Categories = [.. Categories!.Where(left.Contains)] }, this with { Categories = [.. Categories!.Where(category => !left.Contains(category))] })
        : (this with { To = split.Threshold }, this with { From = split.Threshold });

    /// <summary>Whether a cell of the axis, which no range divides, is part of this one: the middle of an interval, or a category.</summary>
    public bool Contains(double middle) => Categories?.Contains((int)middle) ?? (From < middle && middle < To);
}

/// <summary>A leaf of a tree: a box with one value.</summary>
internal sealed record Leaf(AxisRange[] Box, double Value)
{
    /// <summary>Share of the space.</summary>
    public double Volume { get; } = Box.Aggregate(1.0, (volume, range) => volume * range.Share);
}
