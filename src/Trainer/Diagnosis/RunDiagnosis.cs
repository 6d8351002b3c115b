using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Applies every rule to what was measured. A rule speaks once in a run, and again only when it has become more severe.</summary>
/// <param name="spec">The spec.</param>
/// <param name="plan">Its network.</param>
/// <param name="state">What an earlier attempt remembered.</param>
internal sealed class RunDiagnosis(ExperimentSpec spec, ModelPlan plan, DiagnosisState state)
{
    // Causes before effects: underfitting is silent when a cause was named.
    private static readonly IDiagnosisRule[] Rules =
    [
        new SymmetricInitialization(), new VanishingGradient(), new ExplodingGradient(), new DeadRelu(), new SaturatedUnits(), new LearningRateTooHigh(),
        new LearningRateTooLow(), new Overfitting(), new Underfitting(),
    ];

    private readonly IReadOnlyList<PlannedRow> rows = PlannedRow.Of(plan);

    /// <summary>What is remembered from epoch to epoch.</summary>
    public DiagnosisState State { get; private set; } = state;

    /// <summary>Takes note of the first step and judges the untrained network.</summary>
    /// <param name="loss">Its loss.</param>
    /// <param name="observation">What was measured; null: nothing.</param>
    /// <param name="gradientNorm">Norm of its whole gradient; null: not measured.</param>
    public IReadOnlyList<Finding> FirstStep(double loss, ObservationEvent? observation, double? gradientNorm)
    {
        State = State with
        {
            FirstLoss = double.IsFinite(loss) ? loss : null,
            FirstGradientNorm = gradientNorm is { } norm && double.IsFinite(norm) ? norm : null,
            FirstUpdateRatio = Median.Of(observation?.Layers.Where(layer => rows[layer.Layer].IsWeighted).Select(layer => layer.UpdateRatio) ?? []),
        };
        return Judge(0, isLast: false, observation);
    }

    /// <summary>Judges the network after an epoch.</summary>
    /// <param name="figures">Losses and accuracies of the epoch.</param>
    /// <param name="isLast">Whether training ends with it.</param>
    /// <param name="observation">What was measured; null: nothing.</param>
    public IReadOnlyList<Finding> EpochEnded(EpochFigures figures, bool isLast, ObservationEvent? observation)
    {
        State = State.After(figures);
        return Judge(figures.Epoch, isLast, observation);
    }

    private List<Finding> Judge(int epoch, bool isLast, ObservationEvent? observation)
    {
        var findings = new List<Finding>();
        foreach (var rule in Rules)
        {
            var picture = new DiagnosisContext
            {
                Spec = spec,
                Rows = rows,
                Classes = plan.Classes,
                Epoch = epoch,
                IsLast = isLast,
                Observation = observation,
                State = State,
            };
            if (rule.Judge(picture) is { } finding && (!State.Said.TryGetValue(rule.Name, out var said) || finding.Severity > said))
            {
                findings.Add(finding);
                State = State with { Said = new Dictionary<string, DiagnosisSeverity>(State.Said, StringComparer.Ordinal) { [rule.Name] = finding.Severity } };
            }
        }

        return findings;
    }
}
