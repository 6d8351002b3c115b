using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Trainer.Diagnosis;

// At the end of the run the network misclassifies much of its training data (Goodfellow, Bengio, Courville, 2016, section 5.2), and its training loss has
// stopped falling: less than 2 % over the last strip of 5 epochs (Prechelt, 1998). More than half of the errors of guessing is a warning, nine tenths a
// problem; while the loss still falls, training may go on. Not reported when another rule has reported a cause.
internal sealed class Underfitting : IDiagnosisRule
{
    // The thresholds are our choice.
    private const double WarningSkill = 0.5;
    private const double ProblemSkill = 0.1;
    private const double Progress = 0.02;
    private const int FewestEpochs = 3;
    private const double LargerStep = 3;

    public string Name => DiagnosisRules.Underfitting;

    public IReadOnlyList<string> Causes { get; } =
    [
        DiagnosisRules.VanishingGradient, DiagnosisRules.ExplodingGradient, DiagnosisRules.DeadRelu, DiagnosisRules.SaturatedUnits,
        DiagnosisRules.SymmetricInitialization, DiagnosisRules.LearningRateTooHigh, DiagnosisRules.LearningRateTooLow, DiagnosisRules.WeightDecayTooStrong,
    ];

    public Finding? Evaluate(DiagnosisContext context)
    {
        var recent = context.State.Recent;
        if (!context.IsLast || recent.Count < FewestEpochs
            || context.Metrics is not { TrainAccuracy: { } accuracy, TrainLoss: { } loss } || recent[0].TrainLoss is not > 0)
        {
            return null;
        }

        // 0: as good as guessing; 1: no errors.
        var skill = (accuracy - context.Chance) / (1 - context.Chance);
        if (skill >= WarningSkill)
        {
            return null;
        }

        var fall = 1 - (loss / recent[0].TrainLoss!.Value);
        var isStuck = fall < Progress;
        return context.Finding(
            Name,
            !isStuck ? DiagnosisSeverity.Info : skill < ProblemSkill ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            [("trainAccuracy", accuracy), ("chance", context.Chance), ("epochs", recent.Count), ("fall", fall), ("stuck", isStuck)],
            [
                context.Measured("train_accuracy", accuracy, context.Chance + (WarningSkill * (1 - context.Chance))),
                context.Measured("chance_accuracy", context.Chance),
                context.Measured("train_loss", recent[0].TrainLoss, epoch: recent[0].Epoch),
                context.Measured("train_loss", loss),
                context.Measured("train_loss_fall", fall, Progress),
            ],
            "Goodfellow, Bengio, Courville: Deep Learning, 2016, section 5.2; Prechelt: Early Stopping - But When?, 1998",
            isStuck ? LargerNetwork(context) : LongerTraining(context));
    }

    private static Suggestion? LargerNetwork(DiagnosisContext context) =>
        (context.Edit().Widen() is { IsEmpty: false } wider ? wider.MoreEpochs(2).Suggest(SuggestionCode.WiderNetwork) : null)
        ?? context.Edit().UseBatchNorm().Suggest(SuggestionCode.BatchNormalization)
        ?? context.Edit().UseAdam().Suggest(SuggestionCode.AdaptiveOptimizer)
        ?? LongerTraining(context);

    private static Suggestion? LongerTraining(DiagnosisContext context) =>
        context.Edit().MoreEpochs(3).Suggest(SuggestionCode.MoreEpochs)
        ?? context.Edit().ScaleLearningRate(LargerStep).SuggestLearningRate(SuggestionCode.LargerSteps);
}
