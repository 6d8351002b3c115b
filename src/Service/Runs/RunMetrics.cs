namespace Trainyard.Service.Runs;

/// <summary>The curves of a run.</summary>
public sealed record RunMetrics
{
    /// <summary>One series for each metric that has points.</summary>
    public required IReadOnlyList<MetricSeries> Series { get; init; }
}
