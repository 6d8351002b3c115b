using Trainyard.Specs.Events.Observation;

namespace Trainyard.Service.Results;

/// <summary>The measurement after one epoch.</summary>
public sealed record ObservedEpoch
{
    /// <summary>The epoch; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>Statistics of each measured layer.</summary>
    public required IReadOnlyList<LayerObservation> Layers { get; init; }

    /// <summary>Distributions; null when they were not asked for or not measured.</summary>
    public required IReadOnlyList<LayerHistograms>? Histograms { get; init; }
}
