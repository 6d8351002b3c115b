using System.Text.Json;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Events;

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
