using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>What follows from the validation metrics of each epoch: the best epoch and its weights, the steps of a plateau schedule, early stopping.</summary>
internal sealed class ValidationTracker
{
    private readonly LearningRate learningRate;
    private readonly EarlyStoppingSpec? spec;
    private readonly EarlyStopping? stopping;
    private readonly BestWeights? bestWeights;

    /// <summary>Continues from the state of an earlier attempt.</summary>
    /// <param name="spec">When to stop early; null: never.</param>
    /// <param name="bestWeights">Where the weights of the best epoch are kept; null: they are not.</param>
    /// <param name="learningRate">Has the schedule that depends on validation metrics.</param>
    /// <param name="from">The position of the run.</param>
    public ValidationTracker(EarlyStoppingSpec? spec, BestWeights? bestWeights, LearningRate learningRate, Cursor from)
    {
        this.learningRate = learningRate;
        this.bestWeights = bestWeights;
        this.spec = spec;
        learningRate.Schedule.State = from.Plateau;
        stopping = spec is null ? null : new EarlyStopping(spec);
        if (stopping is not null && from.Stopping is { } state)
        {
            stopping.State = state;
        }
    }

    /// <summary>Whether training ends early.</summary>
    public bool StopsEarly => stopping?.IsDone == true;

    /// <summary>Takes the metrics of an epoch into account. Returns the position after it.</summary>
    /// <param name="cursor">The position at its last step.</param>
    /// <param name="validation">Metrics of the validation samples.</param>
    public Cursor EndEpoch(Cursor cursor, Meter.Reading validation)
    {
        // A loss that is not finite counts as the worst there is.
        var loss = double.IsFinite(validation.Loss) ? validation.Loss : double.MaxValue;
        learningRate.Schedule.EpochEnded(loss, validation.Accuracy);
        stopping?.EpochEnded(loss, validation.Accuracy);
        if (stopping?.State.EpochsWithoutImprovement == 0)
        {
            bestWeights?.Update();
        }

        var isBest = validation.Accuracy > (cursor.BestAccuracy ?? -1);
        return cursor with
        {
            Epoch = cursor.Epoch + 1,
            StepInEpoch = 0,
            EpochSeconds = 0,
            BestEpoch = isBest ? cursor.Epoch + 1 : cursor.BestEpoch,
            BestAccuracy = isBest ? validation.Accuracy : cursor.BestAccuracy,
            Plateau = learningRate.Schedule.State,
            Stopping = stopping?.State,
        };
    }

    /// <summary>At the end of the run: restores the weights of the best epoch where the spec wants them, with a notice.</summary>
    /// <param name="trained">Epochs that were trained.</param>
    /// <param name="events">Receives the notice.</param>
    /// <returns>The epoch of the weights that the network has now.</returns>
    public int RestoreBest(int trained, EventWriter events)
    {
        if (bestWeights is null || stopping?.State is not { Best: { } best, EpochsWithoutImprovement: > 0 and var since })
        {
            return trained;
        }

        bestWeights.Swap();
        events.Notice(RunMessageCode.BestWeightsRestored, ("metric", spec!.Metric), ("best", best), ("epoch", trained - since), ("epochs", trained));
        return trained - since;
    }

    /// <summary>Reverts <see cref="RestoreBest"/>, so that training may continue.</summary>
    public void RestoreLast() => bestWeights?.Swap();

    /// <summary>Emits the notice of an early stop, if there is one.</summary>
    public void EmitEarlyStop(EventWriter events)
    {
        if (stopping is { IsDone: true, State: { Best: { } best, EpochsWithoutImprovement: var epochs } })
        {
            events.Notice(RunMessageCode.StoppedEarly, ("metric", spec!.Metric), ("best", best), ("epochs", epochs));
        }
    }
}
