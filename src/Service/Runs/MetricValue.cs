namespace Trainyard.Service.Runs;

/// <summary>One point of a curve; in a long curve it is the last of some epochs, and tells their lowest and highest value.</summary>
public sealed record MetricValue
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The value; null when it was not finite.</summary>
    public required double? Value { get; init; }

    /// <summary>Seconds of training up to the end of the epoch; null in runs of versions that did not tell.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Lowest value of the epochs that the point stands for; null when it stands for itself only.</summary>
    public required double? Min { get; init; }

    /// <summary>Highest value of the epochs that the point stands for; null when it stands for itself only.</summary>
    public required double? Max { get; init; }
}
