namespace Trainyard.Service.Store;

/// <summary>Row of table <c>metric_points</c>: one value per run, metric and epoch; written by <see cref="EventLog"/> only.</summary>
internal sealed class MetricPoint
{
    public required Guid RunId { get; init; }

    /// <summary>One of <see cref="MetricNames"/>.</summary>
    public required string Metric { get; init; }

    public required int Epoch { get; init; }

    public required long Step { get; init; }

    /// <summary>Null: not finite.</summary>
    public required double? Value { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Seconds of training up to the point.</summary>
    public double? Seconds { get; init; }
}
