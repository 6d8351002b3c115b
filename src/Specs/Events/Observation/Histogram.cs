namespace Trainyard.Specs.Events.Observation;

/// <summary>Counts of values in 64 bins of equal width. Values that are not finite are not counted.</summary>
public sealed record Histogram
{
    /// <summary>Lower end of the first bin: the smallest value.</summary>
    public required double Min { get; init; }

    /// <summary>Upper end of the last bin: the largest value.</summary>
    public required double Max { get; init; }

    /// <summary>Values in each bin, first to last.</summary>
    public required IReadOnlyList<int> Counts { get; init; }
}
