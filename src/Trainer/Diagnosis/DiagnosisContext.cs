using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Everything that a rule judges by: numbers that were measured, and the spec that they come from.</summary>
internal sealed record DiagnosisContext
{
    // Our choice.
    private const double Learned = 0.9;

    /// <summary>The spec.</summary>
    public required ExperimentSpec Spec { get; init; }

    /// <summary>The rows of the layer table.</summary>
    public required IReadOnlyList<PlannedRow> Rows { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>The epoch that is complete; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Whether it is the last one.</summary>
    public required bool IsLast { get; init; }

    /// <summary>What was measured inside the network at this epoch; null: it was not observed.</summary>
    public required ObservationEvent? Observation { get; init; }

    /// <summary>What came before, this epoch included.</summary>
    public required DiagnosisState State { get; init; }

    /// <summary>Figures of this epoch; null before the first.</summary>
    public EpochFigures? Figures => State.Recent.Count > 0 && State.Recent[^1].Epoch == Epoch ? State.Recent[^1] : null;

    /// <summary>Whether the network is right on nearly all of its training data: what would keep it from learning did not.</summary>
    public bool HasLearned => Figures?.TrainAccuracy >= Learned;

    /// <summary>Share of right answers of someone who guesses.</summary>
    public double Chance => 1.0 / Classes;

    /// <summary>The observed layers of weighted sums, first to last; the last one is the output.</summary>
    public IReadOnlyList<LayerObservation> Weighted => [.. Observed.Where(layer => Rows[layer.Layer].IsWeighted)];

    /// <summary>The observed layers.</summary>
    public IReadOnlyList<LayerObservation> Observed => Observation?.Layers ?? [];

    /// <summary>Whether a rule has spoken, now or before.</summary>
    public bool HasSaid<TRule>()
        where TRule : IDiagnosisRule, new() => State.Said.ContainsKey(new TRule().Name);

    /// <summary>A number that a finding rests on, measured at this epoch.</summary>
    public Evidence Measured(string name, double? value, double? limit = null, string? layer = null, string? unit = null, int? epoch = null) => new()
    {
        Name = name,
        Layer = layer,
        Epoch = epoch ?? Epoch,
        Value = value is { } number && double.IsFinite(number) ? number : null,
        Unit = unit,
        Limit = limit,
    };
}
