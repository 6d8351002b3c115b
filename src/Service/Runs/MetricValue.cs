namespace Trainyard.Service.Runs;

/// <summary>One point of a curve.</summary>
public sealed record MetricValue
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The value; null when it was not finite.</summary>
    public required double? Value { get; init; }
}
