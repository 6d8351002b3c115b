namespace Trainyard.Specs.Events.Observation;

/// <summary>Statistics of a layer's output over a batch. Numbers that are not finite are null.</summary>
public sealed record ActivationStatistics
{
    /// <summary>Mean of all values.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation of all values.</summary>
    public required double? Std { get; init; }

    /// <summary>Share of values that are exactly 0, 0 to 1.</summary>
    public required double? ZeroShare { get; init; }

    /// <summary>Share of units that are 0 for every sample of the batch, 0 to 1; null where that cannot happen.</summary>
    public required double? DeadShare { get; init; }

    /// <summary>Share of values close to a bound of the activation, 0 to 1; null for activations without bounds.</summary>
    public required double? SaturatedShare { get; init; }
}
