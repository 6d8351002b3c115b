using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;

namespace Trainyard.Trainer.Diagnosis;

// The norms of the gradient with respect to the outputs of the layers with weights, on its way back from the output layer to the first.
// Layers: At least three layers, first to last; the norm of the last one is not 0.
internal sealed record GradientFlow(IReadOnlyList<LayerObservation> Layers)
{
    private const int FewestLayers = 3;

    /// <summary>The norm at the first layer divided by that at the last.</summary>
    public double Ratio => Layers[0].ActivationGradientNorm!.Value / Layers[^1].ActivationGradientNorm!.Value;

    /// <summary>The mean factor from a layer to the one before it.</summary>
    public double PerLayer => Math.Pow(Ratio, 1.0 / (Layers.Count - 1));

    public (string Name, object? Value)[] Arguments => [("first", Layers[0].Name), ("last", Layers[^1].Name), ("ratio", Ratio), ("perLayer", PerLayer)];

    /// <summary>Null when too few layers were measured.</summary>
    public static GradientFlow? From(DiagnosisContext context)
    {
        var layers = context.ObservedWeights.Where(layer => layer.ActivationGradientNorm is not null).ToArray();
        return layers.Length < FewestLayers || layers[^1].ActivationGradientNorm is not > 0 ? null : new GradientFlow(layers);
    }

    public IReadOnlyList<Evidence> Evidence(DiagnosisContext context, double limit)
    {
        List<Evidence> evidence =
        [
            context.Measured("output_gradient_ratio_first_to_last", Ratio, limit, Layers[0].Name),
            context.Measured("output_gradient_ratio_per_layer", PerLayer),
        ];
        for (var index = 0; index < Layers.Count; index++)
        {
            var (name, norm) = (Layers[index].Name, Layers[index].ActivationGradientNorm);
            evidence.Add(context.Measured("output_gradient_norm", norm, layer: name));
            if (index + 1 < Layers.Count)
            {
                evidence.Add(context.Measured("output_gradient_ratio_to_next_layer", norm / Layers[index + 1].ActivationGradientNorm, layer: name));
            }
        }

        return evidence;
    }
}

// The gradient shrinks on its way back. Bengio, Simard and Frasconi (1994) show that it changes by a factor a layer, Glorot and Bengio (2010) measure it; a
// sigmoid's slope is at most 1/4, so ten layers leave less than a millionth. A ratio of a thousandth or less is a problem; a hundredth or less is a warning, as
// is anything in a network that has learned its training data.
internal sealed class VanishingGradient : IDiagnosisRule
{
    // The thresholds are our choice; the sources show the effect, not a limit.
    private const double WarningRatio = 1e-2;
    private const double ProblemRatio = 1e-3;

    public string Name => DiagnosisRules.VanishingGradient;

    public IReadOnlyList<string> Causes { get; } = [DiagnosisRules.SymmetricInitialization, DiagnosisRules.WeightDecayTooStrong];

    public Finding? Evaluate(DiagnosisContext context)
    {
        // No gradient at all has another cause: dead units.
        if (GradientFlow.From(context) is not { Ratio: > 0 and <= WarningRatio } flow)
        {
            return null;
        }

        return context.Finding(
            Name,
            flow.Ratio <= ProblemRatio && !context.HasLearned ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            flow.Arguments,
            flow.Evidence(context, flow.Ratio <= ProblemRatio ? ProblemRatio : WarningRatio),
            "Bengio, Simard, Frasconi: Learning long-term dependencies with gradient descent is difficult, 1994; Glorot, Bengio, 2010, section 4; He et al., 2015",
            context.Edit().UseActivation("relu").UseInitialization("he").Suggest(SuggestionCode.ReluAndHe)
                ?? context.Edit().UseBatchNorm().Suggest(SuggestionCode.BatchNormalization)
                ?? context.Edit().ScaleLearningRate(0.1).ClipGradients().Suggest(SuggestionCode.SmallerStepsAndClipping));
    }
}

// The gradient grows on its way back: by a hundred is a warning, by a thousand a problem unless the network has learned its training data. Weights that start
// too wide multiply it layer by layer (Glorot, Bengio, 2010); Pascanu, Mikolov and Bengio (2013) bound its norm.
internal sealed class ExplodingGradient : IDiagnosisRule
{
    // The thresholds are our choice; the sources show the effect, not a limit.
    private const double WarningRatio = 1e2;
    private const double ProblemRatio = 1e3;

    public string Name => DiagnosisRules.ExplodingGradient;

    public Finding? Evaluate(DiagnosisContext context) => GradientFlow.From(context) is not { Ratio: >= WarningRatio } flow ? null : context.Finding(
        Name,
        flow.Ratio >= ProblemRatio && !context.HasLearned ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
        flow.Arguments,
        flow.Evidence(context, flow.Ratio >= ProblemRatio ? ProblemRatio : WarningRatio),
        "Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks, 2013; Glorot, Bengio, 2010; He et al., 2015",
        context.Edit().UseFittingInitialization().ClipGradients().Suggest(SuggestionCode.FittingInitializationAndClipping)
            ?? context.Edit().UseBatchNorm().Suggest(SuggestionCode.BatchNormalization)
            ?? context.Edit().ScaleLearningRate(0.1).SuggestLearningRate(SuggestionCode.SmallerLearningRate));
}
