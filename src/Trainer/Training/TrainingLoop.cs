using Trainyard.Specs.Events;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

// The training loop. An epoch, and where its parts are:
// order = shuffle(split.Train)                           TrainingSteps
// for batch in order:                                    TrainingStep
//     scores = model(augment(batch))                         Layers/Network, Datasets/Augmentation
//     loss = cross_entropy(scores, labels); loss.backward()
//     clip gradients, decay weights, optimizer.step(rate)    Optimizers, LearningRate
//     metrics.add(loss, scores)                              Meter
// validation = evaluate(model, split.Validation)         Evaluation
// schedule, early stopping, best weights                 ValidationTracker
// write the epoch event, observe the model               EventWriter, Observation/RunObserver
// save a checkpoint when one is due                      CheckpointPolicy
// Between two steps its whole state is a Cursor plus the tensors of the setup, and every random draw is derived from the seed and the position,
// so a run that is stopped or killed and resumed continues bit for bit as if it had not been interrupted.
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingSetup setup;
    private readonly EventWriter events;
    private readonly StopSignal stop;
    private readonly CheckpointPolicy checkpoints;
    private readonly TrainingClock clock;
    private readonly ProgressReporter progress;
    private readonly RunObserver observer;
    private readonly TrainingSteps steps;

    /// <summary>Prepares to train from a position.</summary>
    public TrainingLoop(TrainingSetup setup, Cursor from, EventWriter events, StopSignal stop, CheckpointPolicy checkpoints, TimeProvider time)
    {
        this.setup = setup;
        this.events = events;
        this.stop = stop;
        this.checkpoints = checkpoints;
        clock = new TrainingClock(time, setup.Spec.Training.TimeLimitSeconds);
        progress = new ProgressReporter(events, time, setup.TotalSteps);
        observer = new RunObserver(setup, from.Diagnosis, events);
        steps = new TrainingSteps(setup, from, observer, stop);
    }

    /// <summary>The current epoch, from 1.</summary>
    public int Epoch => steps.Epoch;

    /// <summary>Updates since the run began.</summary>
    public long Step => Cursor.Step;

    /// <summary>The last finite loss; null: there was none.</summary>
    public LastFinite? LastFinite => steps.DivergenceGuard.LastFinite;

    private Cursor Cursor => steps.Cursor;

    // Emits the finding of the diagnosis for a value that is NaN or infinite.
    public void EmitDivergence(RunMessageCode code) => observer.Diverged(code, Epoch, Step, LastFinite);

    /// <summary>Trains to the end, or until a stop is requested.</summary>
    /// <exception cref="RunFailureException">Training cannot continue.</exception>
    public RunEnd Run()
    {
        clock.Start();
        checkpoints.Start();

        while (!steps.IsComplete)
        {
            if (!TrainEpoch())
            {
                return Stop();
            }

            var trainSeconds = clock.EpochSeconds(Cursor);
            if (steps.Validate() is not { } validation)
            {
                return Stop();
            }

            EndEpoch(validation, trainSeconds);
        }

        return Finish();
    }

    public void Dispose()
    {
        observer.Dispose();
        steps.Dispose();
    }

    // False: a stop was requested.
    private bool TrainEpoch()
    {
        using var scope = NewDisposeScope();
        progress.Restart(steps.Metrics);
        while (!steps.IsEpochDone)
        {
            if (stop.Request is not null)
            {
                return false;
            }

            if (clock.IsOver(Cursor))
            {
                SaveCheckpoint();
                throw clock.Exceeded(Cursor, setup.Spec.Training.Epochs);
            }

            steps.Step();
            if (progress.IsDue)
            {
                progress.Report(Epoch, Cursor.Step, steps.CheckMetrics(), clock.Elapsed(Cursor));  // waits for the device
            }

            if (!steps.IsEpochDone && checkpoints.IsDue)
            {
                SaveCheckpoint();
            }
        }

        return true;
    }

    private void EndEpoch(Meter.Reading validation, double trainSeconds)
    {
        var training = steps.CheckEpoch();
        var epoch = new EpochEvent
        {
            Epoch = Epoch,
            Step = Cursor.Step,
            TrainLoss = EventWriter.Finite(training.Loss),
            TrainAccuracy = EventWriter.Finite(training.Accuracy),
            ValidationLoss = EventWriter.Finite(validation.Loss),
            ValidationAccuracy = EventWriter.Finite(validation.Accuracy),
            LearningRate = steps.LearningRate.At(Cursor.Step - 1),
            ImagesPerSecond = EventWriter.Finite(training.Samples / trainSeconds) ?? 0,
            Seconds = clock.EpochSeconds(Cursor),
            ElapsedSeconds = clock.Elapsed(Cursor).TotalSeconds,
        };
        events.Write(epoch);
        steps.NextEpoch(validation);
        observer.EpochEnded(epoch, steps.IsComplete);
        clock.StartEpoch();
        steps.Tracker.EmitEarlyStop(events);
        if (checkpoints.IsDue || steps.IsComplete)
        {
            SaveCheckpoint();
        }
    }

    private RunEnd Finish()
    {
        var epoch = steps.Tracker.RestoreBest(Cursor.Epoch, events);
        if (!new FinalEvaluation(setup, steps.Evaluation, events).Run(epoch, out var test))
        {
            if (epoch != Cursor.Epoch)
            {
                steps.Tracker.RestoreLast();
            }

            return Stop();
        }

        events.Write(new FinishedEvent
        {
            Epochs = Cursor.Epoch,
            Steps = Cursor.Step,
            Seconds = clock.Elapsed(Cursor).TotalSeconds,
            BestEpoch = Cursor.BestEpoch,
            BestValidationAccuracy = Cursor.BestAccuracy,
            TestLoss = test is null ? null : EventWriter.Finite(test.Loss),
            TestAccuracy = test?.Accuracy,
        });
        return RunEnd.Finished;
    }

    private RunEnd Stop()
    {
        SaveCheckpoint();
        events.Write(new StoppedEvent { Request = stop.Request!, Epoch = Epoch, Step = Cursor.Step });
        return RunEnd.Stopped;
    }

    private void SaveCheckpoint()
    {
        var sums = steps.CheckMetrics();
        var saved = checkpoints.Save(Cursor with
        {
            LossSum = sums.LossSum,
            Correct = sums.Correct,
            ElapsedSeconds = clock.Elapsed(Cursor).TotalSeconds,
            EpochSeconds = clock.EpochSeconds(Cursor),
            Diagnosis = observer.State,
        });
        events.Write(new CheckpointEvent
        {
            Epoch = Cursor.Epoch,
            Step = Cursor.Step,
            File = saved.File,
            Bytes = saved.Bytes,
            Sha256 = saved.Sha256,
        });
    }
}
