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

    /// <summary>The finding, if there is one.</summary>
    Finding? Evaluate(DiagnosisContext context);
}

/// <summary>Applies every rule to what was measured. A rule reports once in a run, and again only when it has become more severe.</summary>
/// <param name="spec">The spec.</param>
/// <param name="plan">Its network.</param>
/// <param name="state">The state of an earlier attempt, or a new one.</param>
internal sealed class RunDiagnosis(ExperimentSpec spec, ModelPlan plan, DiagnosisState state)
{
    // Causes before effects: underfitting is not reported when a cause was.
    private static readonly IDiagnosisRule[] Rules =
    [
        new SymmetricInitialization(), new VanishingGradient(), new ExplodingGradient(), new DeadRelu(), new SaturatedUnits(), new LearningRateTooHigh(),
        new LearningRateTooLow(), new Overfitting(), new Underfitting(),
    ];

    private readonly IReadOnlyList<LayerSummary> layers = LayerSummary.From(plan);

    public DiagnosisState State { get; private set; } = state;

    /// <summary>Records the first step and evaluates the untrained network.</summary>
    /// <param name="loss">Loss of the step.</param>
    /// <param name="observation">Layer statistics, if it was observed.</param>
    /// <param name="gradientNorm">Norm of the gradient of all parameters, if it was measured.</param>
    public IReadOnlyList<Finding> FirstStep(double loss, ObservationEvent? observation, double? gradientNorm)
    {
        State = State with
        {
            FirstLoss = double.IsFinite(loss) ? loss : null,
            FirstGradientNorm = gradientNorm is { } norm && double.IsFinite(norm) ? norm : null,
            FirstUpdateRatio = Median(Context(0, isLast: false, observation).ObservedWeights.Select(layer => layer.UpdateRatio)),
        };
        return Evaluate(0, isLast: false, observation);
    }

    /// <summary>Evaluates the network after an epoch.</summary>
    /// <param name="metrics">Losses and accuracies of the epoch.</param>
    /// <param name="isLast">Whether training ends with it.</param>
    /// <param name="observation">Layer statistics, if it was observed.</param>
    public IReadOnlyList<Finding> EpochEnded(EpochMetrics metrics, bool isLast, ObservationEvent? observation)
    {
        State = State.After(metrics);
        return Evaluate(metrics.Epoch, isLast, observation);
    }

    /// <summary>The finding about a loss that is NaN or infinite, which ends the run.</summary>
    /// <param name="epoch">The current epoch, from 1.</param>
    /// <param name="step">Updates done.</param>
    /// <param name="last">The last finite loss, if there was one.</param>
    public Finding Diverged(int epoch, long step, LastFinite? last) => Divergence.Finding(Context(epoch, isLast: true, observation: null), step, last);

    private List<Finding> Evaluate(int epoch, bool isLast, ObservationEvent? observation)
    {
        var findings = new List<Finding>();
        foreach (var rule in Rules)
        {
            if (rule.Evaluate(Context(epoch, isLast, observation)) is { } finding && (!State.Reported.TryGetValue(rule.Name, out var before) || finding.Severity > before))
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
