using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// At the end of the run the network is wrong on much of the very data it learns from (Goodfellow, Bengio, Courville, 2016, section 5.2), and its training loss has
/// stopped falling: less than 2 % over the last strip of 5 epochs (the strip is Prechelt's, 1998). More than half of what guessing gets wrong is a warning, nine
/// tenths a problem. While the loss still falls it is only said that training may go on. Silent when another rule has named a cause.
/// </summary>
internal sealed class Underfitting : IDiagnosisRule
{
    // The cut-offs are our choice.
    private const double WarningSkill = 0.5;
    private const double ProblemSkill = 0.1;
    private const double Progress = 0.02;
    private const int FewestEpochs = 3;
    private const double LargerStep = 3;

    private static readonly string[] Causes =
    [
        DiagnosisRules.VanishingGradient, DiagnosisRules.ExplodingGradient, DiagnosisRules.DeadRelu, DiagnosisRules.SaturatedUnits,
        DiagnosisRules.SymmetricInitialization, DiagnosisRules.LearningRateTooHigh, DiagnosisRules.LearningRateTooLow,
    ];

    /// <inheritdoc/>
    public string Name => DiagnosisRules.Underfitting;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var recent = picture.State.Recent;
        if (!picture.IsLast || recent.Count < FewestEpochs || Array.Exists(Causes, picture.State.Said.ContainsKey)
            || picture.Figures is not { TrainAccuracy: { } accuracy, TrainLoss: { } loss } || recent[0].TrainLoss is not > 0)
        {
            return null;
        }

        // 0: as good as guessing; 1: all right.
        var skill = (accuracy - picture.Chance) / (1 - picture.Chance);
        if (skill >= WarningSkill)
        {
            return null;
        }

        var fall = 1 - (loss / recent[0].TrainLoss!.Value);
        var isStuck = fall < Progress;
        var arguments = MessageArguments.Of(
            ("trainAccuracy", accuracy), ("chance", picture.Chance), ("epochs", recent.Count), ("fall", fall), ("stuck", isStuck));
        return new Finding
        {
            Rule = Name,
            Severity = !isStuck ? DiagnosisSeverity.Info : skill < ProblemSkill ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                picture.Measured("train_accuracy", accuracy, picture.Chance + (WarningSkill * (1 - picture.Chance))),
                picture.Measured("chance_accuracy", picture.Chance),
                picture.Measured("train_loss", recent[0].TrainLoss, epoch: recent[0].Epoch),
                picture.Measured("train_loss", loss),
                picture.Measured("train_loss_fall", fall, Progress),
            ],
            Source = "Goodfellow, Bengio, Courville: Deep Learning, 2016, section 5.2; Prechelt: Early Stopping - But When?, 1998",
            Suggestion = isStuck ? Unstick(picture.Spec) : GoOn(picture.Spec),
        };
    }

    private static Suggestion? Unstick(ExperimentSpec spec) =>
        (new SpecEdits(spec).Widen() is { IsEmpty: false } wider ? wider.MoreEpochs(2).Suggest(SuggestionCode.WiderNetwork) : null)
        ?? new SpecEdits(spec).UseBatchNorm().Suggest(SuggestionCode.BatchNormalization)
        ?? new SpecEdits(spec).UseAdam().Suggest(SuggestionCode.AdaptiveOptimizer)
        ?? GoOn(spec);

    private static Suggestion? GoOn(ExperimentSpec spec) =>
        new SpecEdits(spec).MoreEpochs(3).Suggest(SuggestionCode.MoreEpochs)
        ?? new SpecEdits(spec).ScaleLearningRate(LargerStep).Suggest(SuggestionCode.LargerSteps, ("learningRate", LargerStep * new SpecEdits(spec).LearningRate));
}
