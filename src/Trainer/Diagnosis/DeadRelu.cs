using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Trainer.Diagnosis;

// Units of ReLU layers that are 0 for every sample: no gradient reaches them, so they stay so (Maas, Hannun, Ng, 2013). Stanford's CS231n names 40 % of the
// network as what a learning rate that is too high can do: that share of one layer is a warning, of all units, or nine tenths of a layer, a problem unless the
// network has learned its training data. Not reported with symmetric weights: units of zero weights are 0 for that reason.
internal sealed class DeadRelu : IDiagnosisRule
{
    private const double Share = 0.4;

    // Our choice.
    private const double WholeLayer = 0.9;

    public string Name => DiagnosisRules.DeadRelu;

    public IReadOnlyList<string> Causes { get; } = [DiagnosisRules.SymmetricInitialization, DiagnosisRules.WeightDecayTooStrong];

    public Finding? Evaluate(DiagnosisContext context)
    {
        var layers = context.Observed.Where(layer => layer.Activation?.DeadShare is not null).ToArray();
        if (layers.Length == 0)
        {
            return null;
        }

        var worst = layers.MaxBy(layer => layer.Activation!.DeadShare)!;
        var (largest, mean) = (worst.Activation!.DeadShare!.Value, layers.Average(layer => layer.Activation!.DeadShare!.Value));
        return largest < Share ? null : context.Finding(
            Name,
            !context.HasLearned && (mean >= Share || largest >= WholeLayer) ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            [("layer", worst.Name), ("share", largest), ("meanShare", mean)],
            [
                context.Measured("dead_share_mean", mean, Share),
                .. layers.Select(layer => context.Measured("dead_share", layer.Activation!.DeadShare, Share, layer.Name)),
            ],
            "Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013; Karpathy: CS231n, Neural Networks Part 1",
            context.Edit().UseActivation("leaky_relu").ScaleLearningRate(0.1).Suggest(SuggestionCode.LeakyReluAndSmallerSteps));
    }
}
