using System.Text.Json;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Events;

/// <summary>
/// An event with a part that is large and seldom looked at. The store keeps that part in a place of its own, and the event without it.
/// </summary>
public interface IDetailedEvent
{
    /// <summary>The large part as JSON; null when there is none.</summary>
    JsonElement? DetailToJson();

    /// <summary>The event with null in place of the large part.</summary>
    RunEvent WithoutDetail();

    /// <summary>The event with the large part put back.</summary>
    /// <param name="detail">What <see cref="DetailToJson"/> returned.</param>
    RunEvent WithDetail(JsonElement detail);
}

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

/// <summary>What a network of two inputs decides over the plane; epoch 0 is before the first update.</summary>
public sealed record DecisionFrameEvent : RunEvent, IDetailedEvent
{
    /// <summary>The epoch; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The decisions; null when they are stored apart.</summary>
    public required DecisionFrame? Frame { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Frame is null ? null : JsonSerializer.SerializeToElement(Frame, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Frame = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) => this with { Frame = detail.Deserialize<DecisionFrame>(SpecJson.Options) };
}

/// <summary>How a split is classified, class by class.</summary>
public sealed record EvaluationEvent : RunEvent, IDetailedEvent
{
    /// <summary>Completed epochs of the weights.</summary>
    public required int Epoch { get; init; }

    /// <summary>Validation or test.</summary>
    public required DataSplit Split { get; init; }

    /// <summary>Samples of the split.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean cross-entropy; null when it is not finite.</summary>
    public required double? Loss { get; init; }

    /// <summary>Share of right predictions, 0 to 1.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples by true class (row) and predicted class (column).</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Confusion { get; init; }

    /// <summary>Scores of each class, in the order of their labels.</summary>
    public required IReadOnlyList<ClassScore> PerClass { get; init; }

    /// <summary>The at most 36 wrong samples with the highest loss, highest first; null when they are stored apart.</summary>
    public IReadOnlyList<Mistake>? Mistakes { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Mistakes is null ? null : JsonSerializer.SerializeToElement(Mistakes, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Mistakes = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) => this with { Mistakes = detail.Deserialize<IReadOnlyList<Mistake>>(SpecJson.Options) };
}
