using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Training;

/// <summary>Ends training when a validation metric has not improved for <c>patience</c> epochs in a row (Prechelt, 1998).</summary>
internal sealed class EarlyStopping(EarlyStoppingSpec spec)
{
    /// <summary>Best value and epochs without improvement; part of a checkpoint.</summary>
    public StoppingState State { get; set; } = new(null, 0);

    public bool IsDone => State.EpochsWithoutImprovement >= spec.Patience;

    // Takes the metrics of an epoch into account. loss: Validation loss, finite. accuracy: Validation accuracy, 0 to 1.
    public void EpochEnded(double loss, double accuracy)
    {
        var value = spec.Metric == ValidationMetric.ValidationLoss ? loss : accuracy;
        var improves = State.Best is not { } best
            || (spec.Metric == ValidationMetric.ValidationLoss ? value < best - spec.MinimumChange : value > best + spec.MinimumChange);
        State = improves ? new StoppingState(value, 0) : State with { EpochsWithoutImprovement = State.EpochsWithoutImprovement + 1 };
    }
}
