using Trainyard.Service.Runs;

namespace Trainyard.Service.Compare;

/// <summary>A metric of one run over its epochs.</summary>
public sealed record ComparedCurve
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Id of the run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Ascending by epoch; all curves have their points at the same epochs, but for the last.</summary>
    public required IReadOnlyList<MetricValue> Points { get; init; }
}
