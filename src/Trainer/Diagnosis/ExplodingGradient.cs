using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// The gradient grows from the output layer back to the first one: by a hundred a warning, by a thousand a problem unless the network has
/// learned its training data all the same. Weights that start too wide multiply it
/// layer by layer (Glorot, Bengio, 2010); Pascanu, Mikolov and Bengio (2013) bound its norm.
/// </summary>
internal sealed class ExplodingGradient : IDiagnosisRule
{
    // The cut-offs are our choice; the sources show the effect, not a limit.
    private const double WarningRatio = 1e2;
    private const double ProblemRatio = 1e3;
    private const int FewestLayers = 3;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.ExplodingGradient;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var layers = picture.Weighted.Where(layer => layer.ActivationGradientNorm is not null).ToArray();
        if (layers.Length < FewestLayers || layers[^1].ActivationGradientNorm is not > 0)
        {
            return null;
        }

        var (first, last) = (layers[0], layers[^1]);
        var ratio = first.ActivationGradientNorm!.Value / last.ActivationGradientNorm!.Value;
        if (!(ratio >= WarningRatio))
        {
            return null;
        }

        var perLayer = Math.Pow(ratio, 1.0 / (layers.Length - 1));
        var arguments = MessageArguments.Of(
            ("first", first.Name), ("last", last.Name), ("ratio", ratio), ("perLayer", perLayer));
        return new Finding
        {
            Rule = Name,
            Severity = ratio >= ProblemRatio && !picture.HasLearned ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                picture.Measured("gradient_ratio_first_to_last", ratio, ratio >= ProblemRatio ? ProblemRatio : WarningRatio, first.Name),
                picture.Measured("gradient_ratio_per_layer", perLayer),
                .. GradientCourse.Evidence(picture, layers),
            ],
            Source = "Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks, 2013; Glorot, Bengio, 2010; He et al., 2015",
            Suggestion = Suggest(picture.Spec),
        };
    }

    private static Suggestion? Suggest(ExperimentSpec spec) =>
        new SpecEdits(spec).UseInitialization(SpecEdits.InitializationFor(spec.Model.Activation.Name)).ClipGradients()
            .Suggest(SuggestionCode.FittingInitializationAndClipping)
        ?? new SpecEdits(spec).UseBatchNorm().Suggest(SuggestionCode.BatchNormalization)
        ?? new SpecEdits(spec).ScaleLearningRate(0.1).Suggest(SuggestionCode.SmallerLearningRate, ("learningRate", 0.1 * new SpecEdits(spec).LearningRate));
}
