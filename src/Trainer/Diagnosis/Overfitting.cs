using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

// The validation loss has risen above its lowest value while the training loss went on falling: Prechelt's generalization loss GL = 100 (E_va / E_opt - 1)
// above 5 (1998, criterion GL_5), in two epochs in a row, and is above the training loss. With a gap of ten percentage points or more between training and
// validation accuracy it is a problem.
internal sealed class Overfitting : IDiagnosisRule
{
    private const double LargestGeneralizationLoss = 5;

    // Our choice.
    private const double Gap = 0.1;

    public string Name => DiagnosisRules.Overfitting;

    public Finding? Evaluate(DiagnosisContext context)
    {
        if (context is not { Metrics: { ValidationLoss: { } loss } now, State.Best: { ValidationLoss: > 0 and var lowest } best } || now.Epoch < best.Epoch + 2)
        {
            return null;
        }

        var before = context.State.Recent[^2].ValidationLoss;
        var rise = GeneralizationLoss(loss, lowest);
        if (loss <= now.TrainLoss || rise <= LargestGeneralizationLoss || before is null || GeneralizationLoss(before.Value, lowest) <= LargestGeneralizationLoss
            || !(now.TrainLoss < best.TrainLoss))
        {
            return null;
        }

        var gap = now.TrainAccuracy - now.ValidationAccuracy;
        return context.Finding(
            Name,
            gap >= Gap ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            [
                ("epoch", best.Epoch), ("risePercent", rise), ("lowestLoss", lowest), ("loss", loss), ("trainLossThen", best.TrainLoss), ("trainLoss", now.TrainLoss),
                ("trainAccuracy", now.TrainAccuracy), ("validationAccuracy", now.ValidationAccuracy),
            ],
            [
                context.Measured("generalization_loss", rise, LargestGeneralizationLoss, unit: "%"),
                context.Measured("gap_opens_at_epoch", best.Epoch, unit: "epochs", epoch: best.Epoch),
                context.Measured("validation_loss", lowest, epoch: best.Epoch),
                context.Measured("validation_loss", loss),
                context.Measured("train_loss", best.TrainLoss, epoch: best.Epoch),
                context.Measured("train_loss", now.TrainLoss),
                context.Measured("train_accuracy", now.TrainAccuracy),
                context.Measured("validation_accuracy", now.ValidationAccuracy),
                context.Measured("accuracy_gap", gap, Gap),
            ],
            "Prechelt: Early Stopping - But When?, 1998, criterion GL; Srivastava et al.: Dropout, 2014",
            Suggest(context.Spec, best.Epoch));
    }

    // The usual regularization where it is missing; then stronger; then a smaller network; then fewer epochs.
    // bestEpoch: The epoch with the lowest validation loss, from 1.
    public static Suggestion? Suggest(ExperimentSpec spec, int bestEpoch) =>
        new SpecEdits(spec).Regularize().Suggest(SuggestionCode.Regularize)
        ?? new SpecEdits(spec).RaiseDropout().StrengthenDecay().Augment().Suggest(SuggestionCode.RegularizeMore)
        ?? new SpecEdits(spec).Narrow().Suggest(SuggestionCode.SmallerNetwork)
        ?? new SpecEdits(spec).SetEpochs(bestEpoch).Suggest(SuggestionCode.FewerEpochs, ("epochs", bestEpoch));

    private static double GeneralizationLoss(double loss, double lowest) => 100 * ((loss / lowest) - 1);
}
