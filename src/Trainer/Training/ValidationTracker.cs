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

    // Continues from the state of an earlier attempt.
    // spec: When to stop early; null: never. bestWeights: Where the weights of the best epoch are kept; null: they are not.
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

    // Takes the metrics of an epoch into account. Returns the position after it.
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

    // At the end of the run: restores the weights of the best epoch where the spec wants them, with a notice.
    // Returns the epoch of the weights that the network has now.
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
