namespace Trainyard.Service.Runs;

/// <summary>One curve.</summary>
public sealed record MetricSeries
{
    /// <summary>train_loss, train_accuracy, validation_loss, validation_accuracy, learning_rate or images_per_second.</summary>
    public required string Metric { get; init; }

    /// <summary>Values by epoch, ascending.</summary>
    public required IReadOnlyList<MetricValue> Points { get; init; }
}
