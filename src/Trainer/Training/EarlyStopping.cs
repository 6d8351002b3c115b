using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Training;

/// <summary>Ends training when a validation metric has not improved for <c>patience</c> epochs in a row (Prechelt, 1998).</summary>
internal sealed class EarlyStopping(EarlyStoppingSpec spec)
{
    /// <summary>Best value and epochs without improvement; part of a checkpoint.</summary>
    public StoppingState State { get; set; } = new(null, 0);

    /// <summary>Whether training should end.</summary>
    public bool IsDone => State.EpochsWithoutImprovement >= spec.Patience;

    /// <summary>Takes the metrics of an epoch into account.</summary>
    /// <param name="loss">Validation loss, finite.</param>
    /// <param name="accuracy">Validation accuracy, 0 to 1.</param>
    public void EpochEnded(double loss, double accuracy)
    {
        var value = spec.Metric == ValidationMetric.ValidationLoss ? loss : accuracy;
        var improves = State.Best is not { } best
            || (spec.Metric == ValidationMetric.ValidationLoss ? value < best - spec.MinimumChange : value > best + spec.MinimumChange);
        State = improves ? new StoppingState(value, 0) : State with { EpochsWithoutImprovement = State.EpochsWithoutImprovement + 1 };
    }
}
