using Trainyard.Specs.Diagnosis;

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
    public string Name => "learning_rate_too_high";

    /// <inheritdoc/>
    public Finding? Judge(RunPicture picture)
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
        var what = isWorseThanUntrained
            ? $"the mean training loss of epoch {picture.Epoch} is {loss:G3}, that of the first step was {first:G3}"
            : $"the training loss rose from {lowest:G3} to {loss:G3}";
        return new Finding
        {
            Rule = Name,
            Severity = isWorseThanUntrained ? DiagnosisSeverity.Problem : DiagnosisSeverity.Warning,
            Epoch = picture.Epoch,
            Message = $"Training makes the network worse: {what}. The learning rate of {rate:G3} is too high for it.",
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
            Suggestion = new SpecEdits(picture.Spec).ScaleLearningRate(0.1).Suggest($"A tenth of the learning rate: {0.1 * rate:G3}."),
        };
    }
}
