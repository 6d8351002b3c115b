using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;

namespace Trainyard.Trainer.Diagnosis;

// Two neighboring layers with weights start with equal weights throughout: all units between them compute the same and get the same gradient, so they stay
// equal (Rumelhart, Hinton, Williams, 1986; Bengio, 2012, section 3.1). A single unit between them has no other to be equal to.
internal sealed class SymmetricInitialization : IDiagnosisRule
{
    public string Name => DiagnosisRules.SymmetricInitialization;

    public Finding? Evaluate(DiagnosisContext context)
    {
        var layers = context.ObservedWeights;
        if (context.Epoch > 0
            || !layers.Zip(layers.Skip(1)).Any(pair => IsConstant(pair.First) && IsConstant(pair.Second) && context.Layers[pair.First.Layer].Units > 1))
        {
            return null;
        }

        var constant = layers.Where(IsConstant).ToArray();
        return context.Finding(
            Name,
            DiagnosisSeverity.Problem,
            [("layers", constant.Select(layer => layer.Name))],
            [
                .. constant.Select(layer => context.Measured("weight_std", layer.Weight!.Std, 0, layer.Name)),
                .. layers.Select(layer => context.Measured("parameter_gradient_norm", layer.Gradient?.Norm, layer: layer.Name)),
            ],
            "Rumelhart, Hinton, Williams: Learning Internal Representations by Error Propagation, 1986; Bengio: Practical Recommendations, 2012, section 3.1",
            context.Edit().UseFittingInitialization().Suggest(SuggestionCode.RandomInitialization));
    }

    private static bool IsConstant(LayerObservation layer) => layer.Weight?.Std == 0;
}
