namespace Trainyard.Service.Compare;

/// <summary>Which direction of a metric is better.</summary>
public enum MetricGoal
{
    /// <summary>Lower is better.</summary>
    Min,

    /// <summary>Higher is better.</summary>
    Max,
}
