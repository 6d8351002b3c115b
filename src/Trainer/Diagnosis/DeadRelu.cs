using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// Units of ReLU layers that are 0 for every sample: no gradient reaches them, so they stay so (Maas, Hannun, Ng, 2013). Stanford's CS231n names 40 % of the
/// network as what a learning rate that is too high can do; so much of one layer is a warning, so much of all units, or nine tenths of a layer, a problem.
/// A network that has learned its training data in spite of them is only warned of. Silent when the weights were found to be all equal: units of zero weights are 0 for that reason.
/// </summary>
internal sealed class DeadRelu : IDiagnosisRule
{
    private const double Share = 0.4;

    // Our choice.
    private const double WholeLayer = 0.9;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.DeadRelu;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var layers = picture.Observed.Where(layer => layer.Activation?.DeadShare is not null).ToArray();
        if (layers.Length == 0 || picture.HasSaid<SymmetricInitialization>())
        {
            return null;
        }

        var worst = layers.MaxBy(layer => layer.Activation!.DeadShare)!;
        var (largest, mean) = (worst.Activation!.DeadShare!.Value, layers.Average(layer => layer.Activation!.DeadShare!.Value));
        if (largest < Share)
        {
            return null;
        }

        var arguments = MessageArguments.Of(
            ("layer", worst.Name), ("share", largest), ("meanShare", mean));
        return new Finding
        {
            Rule = Name,
            Severity = !picture.HasLearned && (mean >= Share || largest >= WholeLayer) ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                picture.Measured("dead_share_mean", mean, Share),
                .. layers.Select(layer => picture.Measured("dead_share", layer.Activation!.DeadShare, Share, layer.Name)),
            ],
            Source = "Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013; Karpathy: CS231n, Neural Networks Part 1",
            Suggestion = new SpecEdits(picture.Spec).UseActivation("leaky_relu").ScaleLearningRate(0.1)
                .Suggest(SuggestionCode.LeakyReluAndSmallerSteps),
        };
    }
}
