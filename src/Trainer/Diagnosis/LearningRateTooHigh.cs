using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>
/// The training loss rises instead of falling. A learning rate above about twice the best one makes the training criterion rise (Bengio, 2012, section 3.1.1;
/// Smith, 2017, reads the limit off the same curve). An epoch half as bad again as the untrained
/// network is a problem (less may be the chance of the first batch), half as bad again as the best of the last five epochs a warning. Karpathy's rule of thumb for |update| / |weights| is 0.001.
/// </summary>
internal sealed class LearningRateTooHigh : IDiagnosisRule
{
    // The cut-offs are our choice.
    private const double AboveFirst = 1.5;
    private const double AboveBest = 1.5;

    // Of the first loss: jumps of a loss that is almost 0 do not count.
    private const double SmallestJump = 0.05;

    /// <inheritdoc/>
    public string Name => DiagnosisRules.LearningRateTooHigh;

    /// <inheritdoc/>
    public Finding? Judge(DiagnosisContext picture)
    {
        if (picture is not { Figures.TrainLoss: { } loss, State.FirstLoss: { } first })
        {
            return null;
        }

        var lowest = picture.State.Recent.Min(epoch => epoch.TrainLoss) ?? loss;
        var isWorseThanUntrained = loss > AboveFirst * first;
        if (!isWorseThanUntrained && !(loss > AboveBest * lowest && loss - lowest > SmallestJump * first))
        {
            return null;
        }

        var rate = new SpecEdits(picture.Spec).LearningRate;
        var arguments = MessageArguments.Of(
            ("reason", isWorseThanUntrained ? "worse_than_untrained" : "loss_rose"), ("epoch", picture.Epoch),
            ("from", isWorseThanUntrained ? first : lowest), ("to", loss), ("learningRate", rate));
        return new Finding
        {
            Rule = Name,
            Severity = isWorseThanUntrained ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = FindingText.Of(Name, arguments),
            Arguments = arguments,
            Evidence =
            [
                picture.Measured("train_loss", first, epoch: 0),
                picture.Measured("train_loss", loss, isWorseThanUntrained ? AboveFirst * first : AboveBest * lowest),
                picture.Measured("learning_rate", rate),
                picture.Measured("update_ratio_median", picture.State.FirstUpdateRatio, UpdateRatio.Healthy, epoch: 0),
                .. picture.Weighted.Where(layer => layer.UpdateRatio is not null)
                    .Select(layer => picture.Measured("update_ratio", layer.UpdateRatio, UpdateRatio.Healthy, layer.Name)),
            ],
            Source = "Bengio: Practical Recommendations for Gradient-Based Training of Deep Architectures, 2012, section 3.1.1; Smith: Cyclical Learning Rates, 2017; "
                + "Karpathy: CS231n, Neural Networks Part 3",
            Suggestion = new SpecEdits(picture.Spec).ScaleLearningRate(0.1).Suggest(SuggestionCode.SmallerLearningRate, ("learningRate", 0.1 * rate)),
        };
    }
}
