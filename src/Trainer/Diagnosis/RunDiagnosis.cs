using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Detects one kind of problem in what was measured. Keeps no state of its own.</summary>
internal interface IDiagnosisRule
{
    /// <summary>One of <see cref="DiagnosisRules"/>.</summary>
    string Name { get; }

    /// <summary>The rules whose findings explain those of this one, which are then not reported.</summary>
    IReadOnlyList<string> Causes => [];

    Finding? Evaluate(DiagnosisContext context);
}

// Applies every rule to what was measured. A rule reports once in a run, and again only when it has become more severe.
internal sealed class RunDiagnosis(ExperimentSpec spec, ModelPlan plan, DiagnosisState state)
{
    // Causes before effects.
    private static readonly IDiagnosisRule[] Rules =
    [
        new WeightDecayTooStrong(), new SymmetricInitialization(), new VanishingGradient(), new ExplodingGradient(), new DeadRelu(), new SaturatedUnits(),
        new LearningRateTooHigh(), new LearningRateTooLow(), new Overfitting(), new Underfitting(),
    ];

    private readonly IReadOnlyList<LayerSummary> layers = LayerSummary.From(plan);

    public DiagnosisState State { get; private set; } = state;

    // Records the first step and evaluates the untrained network.
    public IReadOnlyList<Finding> FirstStep(double loss, ObservationEvent? observation, double? gradientNorm)
    {
        State = State with
        {
            FirstLoss = double.IsFinite(loss) ? loss : null,
            FirstGradientNorm = gradientNorm is { } norm && double.IsFinite(norm) ? norm : null,
            FirstUpdateRatio = Median(Context(0, isLast: false, observation).ObservedWeights.Select(layer => layer.UpdateRatio)),
            FirstWeightNorm = Context(0, isLast: false, observation).WeightNorm,
        };
        return Evaluate(0, isLast: false, observation);
    }

    public IReadOnlyList<Finding> EpochEnded(EpochMetrics metrics, bool isLast, ObservationEvent? observation)
    {
        State = State.After(metrics);
        return Evaluate(metrics.Epoch, isLast, observation);
    }

    // The finding about a value that is NaN or infinite, which ends the run. code: Of the failure. epoch: The current epoch, from 1. last: The last finite loss,
    // if there was one.
    public Finding Diverged(RunMessageCode code, int epoch, long step, LastFinite? last) =>
        Divergence.Finding(Context(epoch, isLast: true, observation: null), code, step, last);

    private List<Finding> Evaluate(int epoch, bool isLast, ObservationEvent? observation)
    {
        var findings = new List<Finding>();
        foreach (var rule in Rules)
        {
            if (!rule.Causes.Any(State.Reported.ContainsKey) && rule.Evaluate(Context(epoch, isLast, observation)) is { } finding && (!State.Reported.TryGetValue(rule.Name, out var before) || finding.Severity > before))
            {
                findings.Add(finding);
                State = State with { Reported = new Dictionary<string, DiagnosisSeverity>(State.Reported, StringComparer.Ordinal) { [rule.Name] = finding.Severity } };
            }
        }

        return findings;
    }

    private DiagnosisContext Context(int epoch, bool isLast, ObservationEvent? observation) => new()
    {
        Spec = spec,
        Layers = layers,
        Classes = plan.Classes,
        Epoch = epoch,
        IsLast = isLast,
        Observation = observation,
        State = State,
    };

    private static double? Median(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
