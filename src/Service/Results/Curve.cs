using Trainyard.Service.Runs;

namespace Trainyard.Service.Results;

/// <summary>One metric of one run over its epochs.</summary>
/// <param name="Run">The run.</param>
/// <param name="Metric">One of the metric names.</param>
/// <param name="Points">Ascending by epoch.</param>
internal sealed record Curve(Guid Run, string Metric, IReadOnlyList<MetricValue> Points);
