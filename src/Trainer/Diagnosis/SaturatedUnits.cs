using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// Outputs of sigmoid or tanh layers that are close to a bound, where the slope is below a twentieth of the largest: hardly any gradient passes (Glorot, Bengio,
/// 2010, section 3). More than half of a layer is a warning; more than four fifths is a problem. A network that has learned its training data may be sure, so then it is silent.
/// </summary>
internal sealed class SaturatedUnits : IDiagnosisRule
{
    // The cut-offs are our choice.
    private const double WarningShare = 0.5;
    private const double ProblemShare = 0.8;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.SaturatedUnits;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var layers = picture.Observed.Where(layer => layer.Activation?.SaturatedShare is not null).ToArray();
        var worst = layers.MaxBy(layer => layer.Activation!.SaturatedShare);
        if (worst?.Activation?.SaturatedShare is not { } share || share < WarningShare || picture.HasLearned)
        {
            return null;
        }

        var arguments = MessageArguments.Of(
            ("layer", worst.Name), ("share", share));
        return new Finding
        {
            Rule = Name,
            Severity = share >= ProblemShare ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                .. layers.Select(layer => picture.Measured(
                    "saturated_share", layer.Activation!.SaturatedShare, share >= ProblemShare ? ProblemShare : WarningShare, layer.Name)),
                .. layers.Select(layer => picture.Measured("activation_std", layer.Activation!.Std, layer: layer.Name)),
            ],
            Source = "Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, section 3",
            Suggestion = Suggest(picture),
        };
    }

    private static Suggestion? Suggest(DiagnosisContext picture) =>
        new SpecEdits(picture.Spec).UseInitialization("xavier").Suggest(SuggestionCode.XavierInitialization)
        ?? new SpecEdits(picture.Spec).ScaleLearningRate(0.1).Suggest(SuggestionCode.SmallerSteps);
}
