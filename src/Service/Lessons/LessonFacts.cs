using System.Text.Json;
using Trainyard.Service.Results;
using Trainyard.Service.Store;
using Trainyard.Service.Studies;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Planning;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Lessons;

/// <summary>The results that the claims of a lesson are judged by.</summary>
internal sealed record LessonFacts
{
    /// <summary>By id in the lesson; null for a run that was deleted.</summary>
    public IReadOnlyDictionary<string, RunFacts?> Runs { get; init; } = new Dictionary<string, RunFacts?>();

    /// <summary>By id in the lesson; null for a study that was deleted.</summary>
    public IReadOnlyDictionary<string, StudyFacts?> Studies { get; init; } = new Dictionary<string, StudyFacts?>();

    /// <summary>By id in the lesson.</summary>
    public IReadOnlyDictionary<string, LabFacts> Labs { get; init; } = new Dictionary<string, LabFacts>();
}

/// <summary>The answer of a lab.</summary>
/// <param name="Result">Null until it is there, and where it failed.</param>
/// <param name="HasEnded">Whether it has answered, with a result or without.</param>
internal sealed record LabFacts(JsonElement? Result, bool HasEnded);

/// <summary>The results of a run.</summary>
internal sealed record RunFacts
{
    public required RunState State { get; init; }

    /// <summary>As in <c>diverged</c>; null unless it failed.</summary>
    public string? FailureClass { get; init; }

    /// <summary>Of training so far.</summary>
    public double? Seconds { get; init; }

    /// <summary>Completed updates.</summary>
    public long Updates { get; init; }

    /// <summary>Values by epoch, ascending, by metric.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MetricValue>> Metrics { get; init; } = new Dictionary<string, IReadOnlyList<MetricValue>>();

    /// <summary>Statistics of the observed epochs, ascending.</summary>
    public IReadOnlyList<ObservedLayers> Observations { get; init; } = [];

    /// <summary>The layer table.</summary>
    public IReadOnlyList<LayerRow> Layers { get; init; } = [];

    public double? TestAccuracy { get; init; }

    public bool HasEnded => State.IsTerminal();

    public bool HasDiverged => FailureClass == "diverged";

    /// <summary>Whether it was cancelled, or failed for another reason than divergence: its curves end too early, and say nothing about the technique.</summary>
    public bool BrokeOff => HasEnded && State != RunState.Succeeded && !HasDiverged;
}

internal sealed record ObservedLayers(int Epoch, IReadOnlyList<LayerObservation> Layers);

/// <summary>The results of a study.</summary>
internal sealed record StudyFacts(StudyState State, IReadOnlyList<TrialFacts> Trials)
{
    public bool HasEnded => State.HasEnded();

    /// <summary>Whether it ended before its trials or its budget were used up, or without a trial that could be trained.</summary>
    public bool BrokeOff => HasEnded && State != StudyState.Completed;
}

/// <summary>The results of a trial.</summary>
internal sealed record TrialFacts
{
    public required TrialState State { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Assignment { get; init; }

    /// <summary>Mean of the metric of the study over seeds.</summary>
    public required double? Value { get; init; }

    /// <summary>Epochs that its runs have trained, in fractions.</summary>
    public double Epochs { get; init; }

    /// <summary>Whether it failed though none of its runs diverged: one was cancelled or deleted, or crashed.</summary>
    public bool BrokeOff { get; init; }

    public IReadOnlyList<RunFacts> Runs { get; init; } = [];
}
