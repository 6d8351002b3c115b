using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// Two neighbouring layers of weighted sums start with equal weights throughout: all units between them compute the same and get the same gradient, so they
/// stay one unit for ever (Rumelhart, Hinton, Williams, 1986; Bengio, 2012, section 3.1). A single unit between them has no other to be alike.
/// </summary>
internal sealed class SymmetricInitialization : IDiagnosisRule
{
    /// <inheritdoc/>
    public string Name => DiagnosisRules.SymmetricInitialization;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var weighted = picture.Weighted;
        if (picture.Epoch > 0 || !weighted.Zip(weighted.Skip(1)).Any(pair => IsConstant(pair.First) && IsConstant(pair.Second) && picture.Rows[pair.First.Layer].Units > 1))
        {
            return null;
        }

        var constant = weighted.Where(IsConstant).ToArray();
        var arguments = MessageArguments.Of(
            ("layers", constant.Select(layer => layer.Name)));
        return new Finding
        {
            Rule = Name,
            Severity = DiagnosisSeverity.Problem,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                .. constant.Select(layer => picture.Measured("weight_std", layer.Weight!.Std, 0, layer.Name)),
                .. weighted.Select(layer => picture.Measured("gradient_norm", layer.Gradient?.Norm, layer: layer.Name)),
            ],
            Source = "Rumelhart, Hinton, Williams: Learning Internal Representations by Error Propagation, 1986; Bengio: Practical Recommendations, 2012, section 3.1",
            Suggestion = new SpecEdits(picture.Spec).UseInitialization(SpecEdits.InitializationFor(picture.Spec.Model.Activation.Name))
                .Suggest(SuggestionCode.RandomInitialization),
        };
    }

    private static bool IsConstant(LayerObservation layer) => layer.Weight?.Std == 0;
}
