using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Planning;

namespace Trainyard.Trainer.Diagnosis;

// The training loss rises. A learning rate above about twice the best one makes the training criterion rise (Bengio, 2012, section 3.1.1; Smith, 2017, reads
// the limit off the same curve). Half as much again as the untrained network is a problem, half as much again as the best of the last five epochs a warning.
internal sealed class LearningRateTooHigh : IDiagnosisRule
{
    // The thresholds are our choice.
    private const double AboveFirst = 1.5;
    private const double AboveBest = 1.5;

    // Of the first loss: jumps of a loss that is almost 0 do not count.
    private const double SmallestJump = 0.05;

    public string Name => DiagnosisRules.LearningRateTooHigh;

    public IReadOnlyList<string> Causes { get; } = [DiagnosisRules.WeightDecayTooStrong];

    public Finding? Evaluate(DiagnosisContext context)
    {
        if (context is not { Metrics.TrainLoss: { } loss, State.FirstLoss: { } first })
        {
            return null;
        }

        var lowest = context.State.Recent.Min(epoch => epoch.TrainLoss) ?? loss;
        var isWorseThanUntrained = loss > AboveFirst * first;
        if (!isWorseThanUntrained && !(loss > AboveBest * lowest && loss - lowest > SmallestJump * first))
        {
            return null;
        }

        return context.Finding(
            Name,
            isWorseThanUntrained ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            [
                ("reason", isWorseThanUntrained ? "worse_than_untrained" : "loss_rose"), ("epoch", context.Epoch), ("from", isWorseThanUntrained ? first : lowest),
                ("to", loss), ("learningRate", context.LearningRate),
            ],
            [
                context.Measured("train_loss", first, epoch: 0),
                context.Measured("train_loss", loss, isWorseThanUntrained ? AboveFirst * first : AboveBest * lowest),
                context.Measured("learning_rate", context.LearningRate),
                context.Measured("update_ratio_median", context.State.FirstUpdateRatio, DiagnosisContext.HealthyUpdateRatio, epoch: 0),
                .. context.ObservedWeights.Where(layer => layer.UpdateRatio is not null)
                    .Select(layer => context.Measured("update_ratio", layer.UpdateRatio, DiagnosisContext.HealthyUpdateRatio, layer.Name)),
            ],
            "Bengio: Practical Recommendations for Gradient-Based Training of Deep Architectures, 2012, section 3.1.1; Smith: Cyclical Learning Rates, 2017; "
                + "Karpathy: CS231n, Neural Networks Part 3",
            context.Edit().ScaleLearningRate(context.LearningRateReduction).SuggestLearningRate(SuggestionCode.SmallerLearningRate));
    }
}

// No layer is updated by a tenth of Karpathy's rule of thumb, and after two epochs or more the training loss is still within a tenth of that of the first step.
internal sealed class LearningRateTooLow : IDiagnosisRule
{
    // The thresholds are our choice.
    private const double LowestRatio = 0.1 * DiagnosisContext.HealthyUpdateRatio;
    private const double Progress = 0.9;
    private const int FewestEpochs = 2;
    private const double LargestFactor = 1000;

    public string Name => DiagnosisRules.LearningRateTooLow;

    public IReadOnlyList<string> Causes { get; } = [DiagnosisRules.WeightDecayTooStrong];

    public Finding? Evaluate(DiagnosisContext context)
    {
        var layers = context.ObservedWeights.Where(layer => layer.UpdateRatio is not null).ToArray();
        if (context is not { Epoch: >= FewestEpochs, Metrics.TrainLoss: { } loss, State.FirstLoss: { } first } || layers.Length == 0 || loss <= Progress * first)
        {
            return null;
        }

        // An update of 0 may be one that float32 rounds away; without a gradient it has another cause.
        var fastest = layers.Max(layer => layer.UpdateRatio!.Value);
        if (fastest >= LowestRatio || (fastest == 0 && layers.Any(layer => layer.Gradient?.Norm is not > 0)))
        {
            return null;
        }

        // To the next power of ten, as far as a learning rate may go.
        var factor = Math.Min(
            SpecEdits.LargestRate / context.LearningRate,
            Math.Min(LargestFactor, Math.Pow(10, Math.Round(Math.Log10(DiagnosisContext.HealthyUpdateRatio / fastest)))));
        return context.Finding(
            Name,
            DiagnosisSeverity.Problem,
            [
                ("largestUpdateRatio", fastest), ("healthyUpdateRatio", DiagnosisContext.HealthyUpdateRatio), ("epochs", context.Epoch), ("firstLoss", first), ("loss", loss),
                ("learningRate", context.LearningRate),
            ],
            [
                .. layers.Select(layer => context.Measured("update_ratio", layer.UpdateRatio, LowestRatio, layer.Name)),
                context.Measured("train_loss", first, epoch: 0),
                context.Measured("train_loss", loss, Progress * first),
                context.Measured("learning_rate", context.LearningRate),
            ],
            "Karpathy: CS231n, Neural Networks Part 3 (ratio of updates to weights about 1e-3); Bengio: Practical Recommendations, 2012, section 3.1.1",
            context.Edit().ScaleLearningRate(factor).SuggestLearningRate(SuggestionCode.LargerLearningRate, ("factor", factor))
                ?? context.Edit().UseAdam().Suggest(SuggestionCode.AdaptiveOptimizer));
    }
}

// The loss, the gradient or the optimizer's state is NaN or infinite, which ends the run (Bengio, 2012, section 3.1.1). Where weight decay alone makes the weights
// grow, that is the cause.
internal static class Divergence
{
    // code: Of the failure. last: The last finite loss, if there was one.
    public static Finding Finding(DiagnosisContext context, RunMessageCode code, long step, LastFinite? last)
    {
        var state = context.State;
        var decay = WeightDecayEffect.Of(context.Spec) is { Diverges: true } effect ? effect : null;
        var what = code switch
        {
            RunMessageCode.GradientNotFinite => "gradient",
            RunMessageCode.OptimizerStateNotFinite => "optimizer_state",
            _ => "loss",
        };
        return context.Finding(
            DiagnosisRules.Diverged,
            DiagnosisSeverity.Problem,
            [
                ("what", what), ("step", step), ("epoch", context.Epoch), ("lastLoss", last?.TrainLoss), ("lastStep", last?.Step),
                ("learningRate", context.LearningRate), ("decayFactor", decay?.Factor),
            ],
            [
                context.Measured("diverged_at_step", step, unit: "steps"),
                context.Measured("first_train_loss", state.FirstLoss, epoch: 0),
                .. last is null ? (Evidence[])[] : [context.Measured("last_finite_train_loss", last.TrainLoss), context.Measured("last_finite_step", last.Step, unit: "steps")],
                context.Measured("first_total_gradient_norm", state.FirstGradientNorm, epoch: 0),
                context.Measured("last_finite_total_gradient_norm", last?.GradientNorm),
                context.Measured("first_update_ratio_median", state.FirstUpdateRatio, DiagnosisContext.HealthyUpdateRatio, epoch: 0),
                context.Measured("learning_rate", context.LearningRate),
                .. WeightDecayTooStrong.Evidence(context, decay),
            ],
            "Bengio: Practical Recommendations for Gradient-Based Training of Deep Architectures, 2012, section 3.1.1; Pascanu, Mikolov, Bengio, 2013",
            (decay is null ? null : context.Edit().WeakenDecay().SuggestDecay())
                ?? (last is null && step <= 1 ? FittingInitialization(context) : null)
                ?? context.Edit().ScaleLearningRate(context.LearningRateReduction).ClipGradients().SuggestLearningRate(SuggestionCode.SmallerLearningRateAndClipping));
    }

    // A loss that is not finite before the first update does not come from the learning rate. Null when the initialization fits already.
    private static Suggestion? FittingInitialization(DiagnosisContext context)
    {
        var edits = context.Edit().UseFittingInitialization();
        return edits.IsEmpty ? null : edits.ClipGradients().Suggest(SuggestionCode.FittingInitializationAndClipping);
    }
}
