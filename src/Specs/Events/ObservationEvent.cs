using System.Text.Json;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Events;

/// <summary>What was measured in each layer after an epoch; epoch 0 is before the first update.</summary>
public sealed record ObservationEvent : RunEvent, IDetailedEvent
{
    /// <summary>The epoch; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The measured layers, in the order of the layer table.</summary>
    public required IReadOnlyList<LayerObservation> Layers { get; init; }

    /// <summary>Distributions of the measured layers; null when they were not asked for, or are stored apart.</summary>
    public IReadOnlyList<LayerHistograms>? Histograms { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Histograms is null ? null : JsonSerializer.SerializeToElement(Histograms, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Histograms = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) =>
        this with { Histograms = detail.Deserialize<IReadOnlyList<LayerHistograms>>(SpecJson.Options) };
}
