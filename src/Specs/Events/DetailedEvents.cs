using System.Text.Json;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Events;

/// <summary>
/// An event with a large part that is rarely read. The store keeps that part separately, and the event without it.
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

/// <summary>Statistics of each layer after an epoch; epoch 0 is before the first update.</summary>
public sealed record ObservationEvent : RunEvent, IDetailedEvent
{
    /// <summary>The epoch; 0 before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>The observed layers, in the order of the layer table.</summary>
    public required IReadOnlyList<LayerObservation> Layers { get; init; }

    /// <summary>Histograms of the observed layers; null when they are off or stored separately.</summary>
    public IReadOnlyList<LayerHistograms>? Histograms { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Histograms is null ? null : JsonSerializer.SerializeToElement(Histograms, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Histograms = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) =>
        this with { Histograms = detail.Deserialize<IReadOnlyList<LayerHistograms>>(SpecJson.Options) };
}

/// <summary>Decision regions of a network of two inputs; epoch 0 is before the first update.</summary>
public sealed record DecisionFrameEvent : RunEvent, IDetailedEvent
{
    /// <summary>The epoch; 0 before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>The decision regions; null when they are stored separately.</summary>
    public required DecisionFrame? Frame { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Frame is null ? null : JsonSerializer.SerializeToElement(Frame, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Frame = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) => this with { Frame = detail.Deserialize<DecisionFrame>(SpecJson.Options) };
}

/// <summary>What the network predicts for a few validation images; epoch 0 is before the first update.</summary>
public sealed record PredictionEvent : RunEvent, IDetailedEvent
{
    /// <summary>The epoch; 0 before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the start of the run.</summary>
    public required long Step { get; init; }

    /// <summary>One prediction for each image, in their order.</summary>
    public required IReadOnlyList<Prediction> Predictions { get; init; }

    /// <summary>The images, in the event of epoch 0; null in the others, and when they are stored separately.</summary>
    public IReadOnlyList<LabeledImage>? Images { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Images is null ? null : JsonSerializer.SerializeToElement(Images, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Images = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) => this with { Images = detail.Deserialize<IReadOnlyList<LabeledImage>>(SpecJson.Options) };
}

/// <summary>Evaluation of a split, per class.</summary>
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

    /// <summary>Share of correct predictions, 0 to 1.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Names of the classes, in the order of their labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples by true class (row) and predicted class (column).</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Confusion { get; init; }

    /// <summary>Scores of each class, in the order of their labels.</summary>
    public required IReadOnlyList<ClassScore> PerClass { get; init; }

    /// <summary>Misclassified samples, the highest loss first: the worst of all, and of each pair of true and predicted class; null when they are stored separately.</summary>
    public IReadOnlyList<Mistake>? Mistakes { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Mistakes is null ? null : JsonSerializer.SerializeToElement(Mistakes, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Mistakes = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) => this with { Mistakes = detail.Deserialize<IReadOnlyList<Mistake>>(SpecJson.Options) };
}
