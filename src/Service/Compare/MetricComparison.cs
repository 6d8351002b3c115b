namespace Trainyard.Service.Compare;

/// <summary>One metric of the compared runs. Runs are judged by their best value, not by where they happened to end.</summary>
public sealed record MetricComparison
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Which direction is better.</summary>
    public required MetricGoal Goal { get; init; }

    /// <summary>Each run that has the metric.</summary>
    public required IReadOnlyList<RunScore> PerRun { get; init; }

    /// <summary>Each group with a run that has a best value.</summary>
    public required IReadOnlyList<GroupScore> PerGroup { get; init; }
}
