using Trainyard.Specs.Events;
using Trainyard.Specs.Sentences;
using Trainyard.Specs.Training;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Training;

/// <summary>What follows from the validation after each epoch: the best epoch, the falls of a plateau schedule, an early end.</summary>
internal sealed class ValidationCourse
{
    private readonly LearningRate learningRate;
    private readonly EarlyStoppingSpec? spec;
    private readonly EarlyStopping? stopping;

    /// <summary>Goes on with what an earlier attempt saw.</summary>
    /// <param name="spec">When to end early; null: never.</param>
    /// <param name="learningRate">Has the schedule that listens.</param>
    /// <param name="from">Where the run stands.</param>
    public ValidationCourse(EarlyStoppingSpec? spec, LearningRate learningRate, Cursor from)
    {
        this.learningRate = learningRate;
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

    /// <summary>Says why training ends early, if it does.</summary>
    public void Announce(EventWriter events)
    {
        if (stopping is { IsDone: true, State: { Best: { } best, EpochsWithoutImprovement: var epochs } })
        {
            var metric = spec!.Metric == ValidationMetric.ValidationLoss ? "loss" : "accuracy";
            events.Notice(
                StoryCode.StoppedEarly,
                $"Early stopping: the validation {metric} has not improved on {ArgumentReader.Brief(best, 5)} for {epochs} {(epochs == 1 ? "epoch" : "epochs")}.",
                ("metric", spec.Metric), ("best", best), ("epochs", epochs));
        }
    }
}
