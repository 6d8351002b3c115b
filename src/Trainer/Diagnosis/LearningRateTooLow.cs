using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// Every layer moves by less than a tenth of Karpathy's rule of thumb (|update| / |weights| about 0.001), and after two epochs or more the training loss is still within a
/// tenth of that of the first step.
/// </summary>
internal sealed class LearningRateTooLow : IDiagnosisRule
{
    // The cut-offs are our choice.
    private const double LowestRatio = 0.1 * UpdateRatio.Healthy;
    private const double Progress = 0.9;
    private const int FewestEpochs = 2;
    private const double LargestFactor = 1000;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.LearningRateTooLow;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        var layers = picture.Weighted.Where(layer => layer.UpdateRatio is not null).ToArray();
        if (picture is not { Epoch: >= FewestEpochs, Figures.TrainLoss: { } loss, State.FirstLoss: { } first } || layers.Length == 0 || loss <= Progress * first)
        {
            return null;
        }

        // Steps may be so short that float32 rounds them away. But no learning rate moves weights that get no gradient: a ratio of 0 without one has another cause.
        var fastest = layers.Max(layer => layer.UpdateRatio!.Value);
        if (fastest >= LowestRatio || (fastest == 0 && layers.Any(layer => layer.Gradient?.Norm is not > 0)))
        {
            return null;
        }

        // To the next power of ten, as far as a learning rate may go.
        var rate = new SpecEdits(picture.Spec).LearningRate;
        var factor = Math.Min(SpecEdits.LargestRate / rate, Math.Min(LargestFactor, Math.Pow(10, Math.Round(Math.Log10(UpdateRatio.Healthy / fastest)))));
        var arguments = MessageArguments.Of(
            ("largestUpdateRatio", fastest), ("healthyUpdateRatio", UpdateRatio.Healthy), ("epochs", picture.Epoch), ("firstLoss", first), ("loss", loss),
            ("learningRate", rate));
        return new Finding
        {
            Rule = Name,
            Severity = DiagnosisSeverity.Problem,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                .. layers.Select(layer => picture.Measured("update_ratio", layer.UpdateRatio, LowestRatio, layer.Name)),
                picture.Measured("train_loss", first, epoch: 0),
                picture.Measured("train_loss", loss, Progress * first),
                picture.Measured("learning_rate", rate),
            ],
            Source = "Karpathy: CS231n, Neural Networks Part 3 (ratio of updates to weights about 1e-3); Bengio: Practical Recommendations, 2012, section 3.1.1",
            Suggestion = new SpecEdits(picture.Spec).ScaleLearningRate(factor)
                .Suggest(SuggestionCode.LargerLearningRate, ("factor", factor), ("learningRate", factor * rate))
                ?? new SpecEdits(picture.Spec).UseAdam().Suggest(SuggestionCode.AdaptiveOptimizer),
        };
    }
}
