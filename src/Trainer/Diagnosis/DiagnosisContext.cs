using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

// A row of the layer table, as far as the rules need it. Index: From 0. Name: As in conv1.
internal sealed record LayerSummary(int Index, string Name, bool HasWeights, int Units)
{
    public static IReadOnlyList<LayerSummary> From(ModelPlan plan) =>
        [.. plan.AllLayers.Select((row, index) => new LayerSummary(index, row.Name, row.Layer is ConvLayer or DenseLayer, row.Output[0]))];
}

/// <summary>Everything that a rule evaluates: the spec, and what was measured.</summary>
internal sealed record DiagnosisContext
{
    /// <summary>Karpathy's rule of thumb for |update| / |weights| (CS231n, "Babysitting the learning process").</summary>
    public const double HealthyUpdateRatio = 1e-3;

    // Our choice.
    private const double LearnedAccuracy = 0.9;

    private const double SmallestReduction = 1e-4;

    public required ExperimentSpec Spec { get; init; }

    public required IReadOnlyList<LayerSummary> Layers { get; init; }
    public required int Classes { get; init; }

    /// <summary>The last complete epoch; 0 before the first update.</summary>
    public required int Epoch { get; init; }

    public required bool IsLast { get; init; }

    /// <summary>Layer statistics of this epoch; null when it was not observed.</summary>
    public required ObservationEvent? Observation { get; init; }

    /// <summary>Earlier measurements, with those of this epoch.</summary>
    public required DiagnosisState State { get; init; }

    /// <summary>Metrics of this epoch; null before the first.</summary>
    public EpochMetrics? Metrics => State.Recent.Count > 0 && State.Recent[^1].Epoch == Epoch ? State.Recent[^1] : null;

    /// <summary>Whether the network classifies nearly all of its training data correctly.</summary>
    public bool HasLearned => Metrics?.TrainAccuracy >= LearnedAccuracy;

    public double LearningRate => Spec.Training.Optimizer.Number("learningRate");
    public double Chance => 1.0 / Classes;

    public IReadOnlyList<LayerObservation> Observed => Observation?.Layers ?? [];

    /// <summary>The observed convolutions and dense layers, from the first to the output layer.</summary>
    public IReadOnlyList<LayerObservation> ObservedWeights => [.. Observed.Where(layer => Layers[layer.Layer].HasWeights)];

    /// <summary>Norm of the weights of all convolutions and dense layers; null when they were not observed, or one is not finite.</summary>
    public double? WeightNorm => ObservedWeights is { Count: > 0 } layers && layers.All(layer => layer.Weight?.Norm is not null)
        ? Math.Sqrt(layers.Sum(layer => Math.Pow(layer.Weight!.Norm!.Value, 2)))
        : null;

    // The factor to a learning rate that is too high: a tenth, or as much less as the first update exceeded HealthyUpdateRatio, in powers of ten. Every rule
    // that suggests a smaller learning rate for that cause uses it.
    public double LearningRateReduction => State.FirstUpdateRatio > 0
        ? Math.Clamp(Math.Pow(10, Math.Floor(Math.Log10(10 * HealthyUpdateRatio / State.FirstUpdateRatio.Value))), SmallestReduction, 0.1)
        : 0.1;

    public SpecEdits Edit() => new(Spec);

    /// <summary>A measurement that a finding rests on, of this epoch unless another is given.</summary>
    public Evidence Measured(string name, double? value, double? limit = null, string? layer = null, string? unit = null, int? epoch = null) => new()
    {
        Name = name,
        Layer = layer,
        Epoch = epoch ?? Epoch,
        Value = value is { } number && double.IsFinite(number) ? number : null,
        Unit = unit,
        Limit = limit,
    };

    public Finding Finding(
        string rule, DiagnosisSeverity severity, (string Name, object? Value)[] arguments, IReadOnlyList<Evidence> evidence, string source, Suggestion? suggestion)
    {
        var named = MessageArguments.From(arguments);
        return new Finding
        {
            Rule = rule,
            Severity = severity,
            Epoch = Epoch,
            Message = FindingText.From(rule, named),
            Arguments = named,
            Evidence = evidence,
            Source = source,
            Suggestion = suggestion,
        };
    }
}
