using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Trainer.Diagnosis;

// Outputs of sigmoid or tanh layers that are close to a bound, where the slope is below a twentieth of the largest: hardly any gradient passes (Glorot, Bengio,
// 2010, section 3). More than half of a layer is a warning, more than four fifths a problem. A network that has learned its training data may be sure.
internal sealed class SaturatedUnits : IDiagnosisRule
{
    // The thresholds are our choice.
    private const double WarningShare = 0.5;
    private const double ProblemShare = 0.8;

    public string Name => DiagnosisRules.SaturatedUnits;

    public Finding? Evaluate(DiagnosisContext context)
    {
        var layers = context.Observed.Where(layer => layer.Activation?.SaturatedShare is not null).ToArray();
        var worst = layers.MaxBy(layer => layer.Activation!.SaturatedShare);
        if (worst?.Activation?.SaturatedShare is not { } share || share < WarningShare || context.HasLearned)
        {
            return null;
        }

        var isProblem = share >= ProblemShare;
        return context.Finding(
            Name,
            isProblem ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            [("layer", worst.Name), ("share", share)],
            [
                .. layers.Select(layer => context.Measured(
                    "saturated_share", layer.Activation!.SaturatedShare, isProblem ? ProblemShare : WarningShare, layer.Name)),
                .. layers.Select(layer => context.Measured("activation_std", layer.Activation!.Std, layer: layer.Name)),
            ],
            "Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, section 3",
            context.Edit().UseInitialization("xavier").Suggest(SuggestionCode.XavierInitialization)
                ?? context.Edit().ScaleLearningRate(0.1).Suggest(SuggestionCode.SmallerSteps));
    }
}
