namespace Trainyard.Service.Compare;

/// <summary>Some runs side by side.</summary>
public sealed record Comparison
{
    /// <summary>The runs, in the order in which they were asked for.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>The places where the specs differ; names are not settings and left out.</summary>
    public required IReadOnlyList<SpecDifference> Differences { get; init; }

    /// <summary>Runs that are equal but for the seed.</summary>
    public required IReadOnlyList<RunGroup> Groups { get; init; }

    /// <summary>Best and latest values of each metric that has a better direction.</summary>
    public required IReadOnlyList<MetricComparison> Metrics { get; init; }

    /// <summary>The curves of each run.</summary>
    public required IReadOnlyList<ComparedCurve> Curves { get; init; }

    /// <summary>Mean and spread over the runs of each group of two or more.</summary>
    public required IReadOnlyList<CurveBand> Bands { get; init; }

    /// <summary>What to mind before drawing conclusions, most severe first.</summary>
    public required IReadOnlyList<ComparabilityNote> Comparability { get; init; }
}
