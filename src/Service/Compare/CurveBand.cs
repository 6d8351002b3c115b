namespace Trainyard.Service.Compare;

/// <summary>A metric over the epochs, averaged over the runs of a group.</summary>
public sealed record CurveBand
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Ascending by epoch.</summary>
    public required IReadOnlyList<BandPoint> Points { get; init; }
}
