using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>The loss is no longer a number, which ends the run: the last good numbers, and a smaller step (Bengio, 2012, section 3.1.1).</summary>
internal static class Divergence
{
    /// <summary>Name of the rule.</summary>
    public const string Rule = DiagnosisRules.Diverged;

    private const double SmallestFactor = 1e-4;

    /// <summary>The finding.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="state">What the diagnosis remembers.</param>
    /// <param name="epoch">The epoch in work, from 1.</param>
    /// <param name="step">Updates done.</param>
    /// <param name="last">The last good numbers; null: there was none.</param>
    public static Finding Of(ExperimentSpec spec, DiagnosisState state, int epoch, long step, LastFinite? last)
    {
        var edits = new SpecEdits(spec);
        var rate = edits.LearningRate;

        // A tenth, or as much less as the first update was too long.
        var factor = state.FirstUpdateRatio > 0 ? Math.Clamp(Math.Pow(10, Math.Floor(Math.Log10(10 * UpdateRatio.Healthy / state.FirstUpdateRatio.Value))), SmallestFactor, 0.1) : 0.1;
        var arguments = MessageArguments.Of(
            ("step", step), ("epoch", epoch), ("lastLoss", last?.TrainLoss), ("lastStep", last?.Step), ("learningRate", rate));
        return new Finding
        {
            Rule = Rule,
            Severity = DiagnosisSeverity.Problem,
            Epoch = epoch,
            Message = FindingText.Of(Rule, arguments),
            Arguments = arguments,
            Evidence =
            [
                Measured("diverged_at_step", step, epoch, unit: "steps"),
                Measured("first_train_loss", state.FirstLoss, 0),
                .. last is null ? (Evidence[])[] : [Measured("last_finite_train_loss", last.TrainLoss, epoch), Measured("last_finite_step", last.Step, epoch, unit: "steps")],
                Measured("first_gradient_norm", state.FirstGradientNorm, 0),
                Measured("last_finite_gradient_norm", last?.GradientNorm, epoch),
                Measured("first_update_ratio_median", state.FirstUpdateRatio, 0, UpdateRatio.Healthy),
                Measured("learning_rate", rate, epoch),
            ],
            Source = "Bengio: Practical Recommendations for Gradient-Based Training of Deep Architectures, 2012, section 3.1.1; Pascanu, Mikolov, Bengio, 2013",
            Suggestion = (last is null && step <= 1 ? FittingWeights(spec) : null) ?? edits.ScaleLearningRate(factor).ClipGradients()
                .Suggest(SuggestionCode.SmallerLearningRateAndClipping, ("learningRate", factor * rate)),
        };
    }

    // What is no number before the first update, no learning rate has made so. Null: the first weights are such already.
    private static Suggestion? FittingWeights(ExperimentSpec spec)
    {
        var edits = new SpecEdits(spec).UseInitialization(SpecEdits.InitializationFor(spec.Model.Activation.Name));
        return edits.IsEmpty ? null : edits.ClipGradients().Suggest(SuggestionCode.FittingInitializationAndClipping);
    }

    private static Evidence Measured(string name, double? value, int epoch, double? limit = null, string? unit = null) => new()
    {
        Name = name,
        Layer = null,
        Epoch = epoch,
        Value = value,
        Unit = unit,
        Limit = limit,
    };
}
