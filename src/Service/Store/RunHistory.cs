using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>run_events</c>; written by <see cref="EventLog"/> only.</summary>
internal sealed class StoredEvent
{
    public required Guid RunId { get; init; }

    /// <summary>From 1, without gaps, in the order of the run's history.</summary>
    public required long Seq { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The discriminator of <see cref="Data"/>, as in <c>epoch</c>.</summary>
    public required string Type { get; init; }

    public required RunEvent Data { get; init; }
}

/// <summary>Row of table <c>run_details</c>: the large part of an event; written by <see cref="EventLog"/> only.</summary>
internal sealed class StoredDetail
{
    public required Guid RunId { get; init; }
    public required long Seq { get; init; }

    public required string Data { get; init; }
}

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

/// <summary>Row of table <c>metric_summaries</c>: latest and best value per run and metric; written by <see cref="EventLog"/> only.</summary>
internal sealed class MetricSummary
{
    public required Guid RunId { get; init; }
    public required string Metric { get; init; }

    public double? Latest { get; init; }

    /// <summary>Lowest loss or highest accuracy; null for a metric without a better direction.</summary>
    public double? Best { get; init; }

    public int? BestEpoch { get; init; }

    /// <summary>Values of up to 32 epochs at equal distances, from the first one; null for a metric without a better direction.</summary>
    public float?[]? Trend { get; init; }
}

/// <summary>Row of table <c>metric_gaps</c>, kept by the database: a metric that a run has no row of in <c>metric_summaries</c>.</summary>
internal sealed class MetricGap
{
    public required string Metric { get; init; }

    public required Guid RunId { get; init; }
}
