using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>What follows from the validation after each epoch: the best epoch, the falls of a plateau schedule, an early end.</summary>
internal sealed class ValidationCourse
{
    private readonly LearningRate learningRate;
    private readonly EarlyStoppingSpec? spec;
    private readonly EarlyStopping? stopping;
    private readonly BestWeights? bestWeights;

    /// <summary>Goes on with what an earlier attempt saw.</summary>
    /// <param name="spec">When to end early; null: never.</param>
    /// <param name="bestWeights">Where the weights of the best epoch are kept; null: they are not.</param>
    /// <param name="learningRate">Has the schedule that listens.</param>
    /// <param name="from">Where the run stands.</param>
    public ValidationCourse(EarlyStoppingSpec? spec, BestWeights? bestWeights, LearningRate learningRate, Cursor from)
    {
        this.learningRate = learningRate;
        this.bestWeights = bestWeights;
        this.spec = spec;
        learningRate.Schedule.State = from.Plateau;
        stopping = spec is null ? null : new EarlyStopping(spec);
        if (stopping is not null && from.Stopping is { } seen)
        {
            stopping.State = seen;
        }
    }

    /// <summary>Whether training ends early.</summary>
    public bool IsDone => stopping?.IsDone == true;

    /// <summary>The position after an epoch.</summary>
    /// <param name="cursor">The position at its last step.</param>
    /// <param name="validation">What the validation gave.</param>
    public Cursor After(Cursor cursor, Meter.Reading validation)
    {
        // A loss that is no number counts as the worst there is.
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

    /// <summary>At the end of the run: puts the weights of the best epoch into the network, if they are not there and are wanted, and says so.</summary>
    /// <param name="trained">Epochs that were trained.</param>
    /// <param name="events">Takes the notice.</param>
    /// <returns>The epoch of the weights that the network has now.</returns>
    public int UseBest(int trained, EventWriter events)
    {
        if (bestWeights is null || stopping?.State is not { Best: { } best, EpochsWithoutImprovement: > 0 and var since })
        {
            return trained;
        }

        bestWeights.Swap();
        events.Notice(RunMessageCode.BestWeightsRestored, ("metric", spec!.Metric), ("best", best), ("epoch", trained - since), ("epochs", trained));
        return trained - since;
    }

    /// <summary>Takes <see cref="UseBest"/> back: training may go on.</summary>
    public void UseLast() => bestWeights?.Swap();

    /// <summary>Says why training ends early, if it does.</summary>
    public void Announce(EventWriter events)
    {
        if (stopping is { IsDone: true, State: { Best: { } best, EpochsWithoutImprovement: var epochs } })
        {
            events.Notice(RunMessageCode.StoppedEarly, ("metric", spec!.Metric), ("best", best), ("epochs", epochs));
        }
    }
}
