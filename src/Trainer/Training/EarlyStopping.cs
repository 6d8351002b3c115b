using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Training;

/// <summary>Ends training when a validation metric has not improved for so many epochs in a row (Prechelt, 1998).</summary>
internal sealed class EarlyStopping(EarlyStoppingSpec spec)
{
    /// <summary>What it has seen so far; part of a checkpoint.</summary>
    public StoppingState State { get; set; } = new(null, 0);

    /// <summary>Whether training should end.</summary>
    public bool IsDone => State.EpochsWithoutImprovement >= spec.Patience;

    /// <summary>Takes note of an epoch.</summary>
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
