namespace Trainyard.Specs.Spec;

/// <summary>Stops a run whose validation metric no longer improves (Prechelt: Early Stopping - But When?, 1998).</summary>
public sealed record EarlyStoppingSpec
{
    /// <summary>What must improve.</summary>
    public required ValidationMetric Metric { get; init; }

    /// <summary>Epochs in a row without improvement that end training, 1 to 1,000; the last of them is the last epoch.</summary>
    public required int Patience { get; init; }

    /// <summary>Smallest absolute change that counts as an improvement, 0 to 1.</summary>
    public required double MinimumChange { get; init; }

    /// <summary>Whether the run ends with the weights of its best epoch by the metric; otherwise with those of its last.</summary>
    public required bool RestoreBest { get; init; }
}
