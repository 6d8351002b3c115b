using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// The gradient of the first layer's output is a tiny share of that of the output layer: Bengio, Simard and Frasconi (1994) show that it changes by a factor
/// a layer, Glorot and Bengio (2010) measure it. A sigmoid's slope is at most 1/4, so ten layers of them leave less than a millionth. With a thousandth or less
/// (a problem) the first layers hardly learn while the last ones do; a hundredth or less is a warning,
/// as is anything in a network that has learned its training data all the same.
/// </summary>
internal sealed class VanishingGradient : IDiagnosisRule
{
    // The cut-offs are our choice; the sources show the effect, not a limit.
    private const double WarningRatio = 1e-2;
    private const double ProblemRatio = 1e-3;
    private const int FewestLayers = 3;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.VanishingGradient;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var layers = picture.Weighted.Where(layer => layer.ActivationGradientNorm is not null).ToArray();
        if (picture.HasSaid<SymmetricInitialization>() || layers.Length < FewestLayers || layers[^1].ActivationGradientNorm is not > 0)
        {
            return null;
        }

        var (first, last) = (layers[0], layers[^1]);
        var ratio = first.ActivationGradientNorm!.Value / last.ActivationGradientNorm!.Value;

        // No gradient at all is not one that vanishes layer by layer: symmetric weights or dead units are behind it.
        if (ratio is 0 or > WarningRatio)
        {
            return null;
        }

        var limit = ratio <= ProblemRatio ? ProblemRatio : WarningRatio;
        var perLayer = Math.Pow(ratio, 1.0 / (layers.Length - 1));
        var edits = new SpecEdits(picture.Spec).UseActivation("relu").UseInitialization("he");
        var arguments = MessageArguments.Of(
            ("first", first.Name), ("last", last.Name), ("ratio", ratio), ("perLayer", perLayer));
        return new Finding
        {
            Rule = Name,
            Severity = ratio <= ProblemRatio && !picture.HasLearned ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                picture.Measured("gradient_ratio_first_to_last", ratio, limit, first.Name),
                picture.Measured("gradient_ratio_per_layer", perLayer),
                .. GradientCourse.Evidence(picture, layers),
            ],
            Source = "Bengio, Simard, Frasconi: Learning long-term dependencies with gradient descent is difficult, 1994; Glorot, Bengio, 2010, section 4; He et al., 2015",
            Suggestion = edits.Suggest(SuggestionCode.ReluAndHe)
                ?? new SpecEdits(picture.Spec).UseBatchNorm().Suggest(SuggestionCode.BatchNormalization)
                ?? new SpecEdits(picture.Spec).ScaleLearningRate(0.1).ClipGradients().Suggest(SuggestionCode.SmallerStepsAndClipping),
        };
    }
}
