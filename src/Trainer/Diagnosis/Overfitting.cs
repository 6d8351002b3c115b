using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// The validation loss has risen above its lowest value while the training loss went on falling: Prechelt's generalization loss
/// GL = 100 (E_va / E_opt - 1) above 5 (1998, criterion GL_5), in two epochs in a row, and is above the training loss. With a gap of ten percentage
/// points or more between training and validation accuracy it is a problem.
/// </summary>
internal sealed class Overfitting : IDiagnosisRule
{
    private const double GeneralizationLoss = 5;

    // Our choice.
    private const double Gap = 0.1;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.Overfitting;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        if (picture is not { Figures: { ValidationLoss: { } loss } now, State.Best: { ValidationLoss: > 0 and var lowest } best } || now.Epoch < best.Epoch + 2)
        {
            return null;
        }

        var before = picture.State.Recent[^2].ValidationLoss;
        var rise = Percent(loss, lowest);
        if (loss <= now.TrainLoss || rise <= GeneralizationLoss || before is null || Percent(before.Value, lowest) <= GeneralizationLoss || !(now.TrainLoss < best.TrainLoss))
        {
            return null;
        }

        var gap = now.TrainAccuracy - now.ValidationAccuracy;
        var arguments = MessageArguments.Of(
            ("epoch", best.Epoch), ("risePercent", rise), ("lowestLoss", lowest), ("loss", loss), ("trainLossThen", best.TrainLoss), ("trainLoss", now.TrainLoss),
            ("trainAccuracy", now.TrainAccuracy), ("validationAccuracy", now.ValidationAccuracy));
        return new Finding
        {
            Rule = Name,
            Severity = gap >= Gap ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                picture.Measured("generalization_loss", rise, GeneralizationLoss, unit: "%"),
                picture.Measured("gap_opens_at_epoch", best.Epoch, unit: "epochs", epoch: best.Epoch),
                picture.Measured("validation_loss", lowest, epoch: best.Epoch),
                picture.Measured("validation_loss", loss),
                picture.Measured("train_loss", best.TrainLoss, epoch: best.Epoch),
                picture.Measured("train_loss", now.TrainLoss),
                picture.Measured("train_accuracy", now.TrainAccuracy),
                picture.Measured("validation_accuracy", now.ValidationAccuracy),
                picture.Measured("accuracy_gap", gap, Gap),
            ],
            Source = "Prechelt: Early Stopping - But When?, 1998, criterion GL; Srivastava et al.: Dropout, 2014",
            Suggestion = OverfittingRemedies.Of(picture.Spec, best.Epoch),
        };
    }

    private static double Percent(double loss, double lowest) => 100 * ((loss / lowest) - 1);
}
