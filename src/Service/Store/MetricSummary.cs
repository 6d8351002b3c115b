namespace Trainyard.Service.Store;

/// <summary>Row of table <c>metric_summaries</c>: latest and best value per run and metric; written by <see cref="EventLog"/> only.</summary>
internal sealed class MetricSummary
{
    public required Guid RunId { get; init; }

    /// <summary>One of <see cref="MetricNames"/>.</summary>
    public required string Metric { get; init; }

    public double? Latest { get; init; }

    /// <summary>Lowest loss or highest accuracy; null for a metric without a better direction.</summary>
    public double? Best { get; init; }

    public int? BestEpoch { get; init; }
}
