using Trainyard.Specs.Events;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

// The training loop. An epoch, and where its parts are:
// order = shuffle(split.Train)                           TrainEpoch
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
    private readonly Meter metrics;
    private readonly DivergenceGuard divergenceGuard;
    private readonly Tensor validationIndices;
    private readonly LearningRate learningRate;
    private readonly ValidationTracker validationTracker;
    private readonly Evaluation evaluation;
    private readonly RunObserver observer;
    private readonly TrainingStep trainingStep;

    private Cursor cursor;

    /// <summary>Prepares to train from a position.</summary>
    public TrainingLoop(TrainingSetup setup, Cursor from, EventWriter events, StopSignal stop, CheckpointPolicy checkpoints, TimeProvider time)
    {
        this.setup = setup;
        this.events = events;
        this.stop = stop;
        this.checkpoints = checkpoints;
        cursor = from;
        clock = new TrainingClock(time, setup.Spec.Training.TimeLimitSeconds);
        progress = new ProgressReporter(events, time, setup.TotalSteps);
        learningRate = new LearningRate(setup.Spec, setup.StepsPerEpoch);
        validationTracker = new ValidationTracker(setup.Spec.Training.EarlyStopping, setup.Best, learningRate, from);
        evaluation = new Evaluation(setup.Network, setup.Spec.Data.Augmentation?.TestTimeFlip == true, setup.Device, stop);
        observer = new RunObserver(setup, from.Diagnosis, events);
        metrics = new Meter(setup.Device);
        divergenceGuard = new DivergenceGuard(setup.Spec);
        trainingStep = new TrainingStep(setup, learningRate, observer, divergenceGuard, metrics);
        validationIndices = setup.Indices(setup.Split.Validation).DetachFromDisposeScope();
    }

    /// <summary>The current epoch, from 1.</summary>
    public int Epoch => Math.Min(cursor.Epoch + 1, setup.Spec.Training.Epochs);

    /// <summary>Updates since the run began.</summary>
    public long Step => cursor.Step;

    /// <summary>The last finite loss; null: there was none.</summary>
    public LastFinite? LastFinite => divergenceGuard.LastFinite;

    private bool IsComplete => IsEnd(cursor);

    // Emits the finding of the diagnosis for a value that is NaN or infinite.
    public void EmitDivergence(RunMessageCode code) => observer.Diverged(code, Epoch, Step, LastFinite);

    /// <summary>Trains to the end, or until a stop is requested.</summary>
    /// <exception cref="RunFailureException">Training cannot continue.</exception>
    public RunEnd Run()
    {
        clock.Start();
        setup.Optimizer.Steps = cursor.Step;
        metrics.Set(cursor.LossSum, cursor.Correct, Math.Min((long)cursor.StepInEpoch * setup.BatchSize, setup.Split.Train.Length));
        checkpoints.Start();

        while (!IsComplete)
        {
            if (!TrainEpoch())
            {
                return Stop();
            }

            var trainSeconds = clock.EpochSeconds(cursor);
            if (evaluation.Run(setup.Train, validationIndices) is not { } validation)
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
        metrics.Dispose();
        validationIndices.Dispose();
    }

    // False: a stop was requested.
    private bool TrainEpoch()
    {
        using var scope = NewDisposeScope();
        var samples = (int[])setup.Split.Train.Clone();
        setup.Seed.Stream(RandomPurpose.Order, cursor.Epoch).Shuffle(samples.AsSpan());
        var order = setup.Indices(samples);

        progress.Restart(metrics.Read());
        while (cursor.StepInEpoch < setup.StepsPerEpoch)
        {
            if (stop.Request is not null)
            {
                return false;
            }

            if (clock.IsOver(cursor))
            {
                SaveCheckpoint();
                throw clock.Exceeded(cursor, setup.Spec.Training.Epochs);
            }

            TrainStep(order);
            if (progress.IsDue)
            {
                var sums = metrics.Read();  // waits for the device
                CheckLoss(sums.LossSum, sums.Loss);
                progress.Report(Epoch, cursor.Step, sums, clock.Elapsed(cursor));
            }

            if (cursor.StepInEpoch < setup.StepsPerEpoch && checkpoints.IsDue)
            {
                SaveCheckpoint();
            }
        }

        return true;
    }

    private void TrainStep(Tensor order)
    {
        var (loss, gradientNorm) = trainingStep.Run(order, cursor);
        cursor = cursor with { Step = cursor.Step + 1, StepInEpoch = cursor.StepInEpoch + 1 };
        if (loss is { } value)
        {
            if (cursor.Step == 1)
            {
                observer.FirstStepDone(metrics.Read().Loss);
            }

            divergenceGuard.RecordStep(cursor.Step, value);
            CheckLoss(value, value);
        }

        if (gradientNorm is { } norm)
        {
            divergenceGuard.CheckGradient(norm, Now);
        }
    }

    private void EndEpoch(Meter.Reading validation, double trainSeconds)
    {
        var training = metrics.Read();
        CheckLoss(training.LossSum, training.Loss);
        divergenceGuard.CheckOptimizer(setup.Optimizer.IsFinite(), Now);
        var epoch = new EpochEvent
        {
            Epoch = Epoch,
            Step = cursor.Step,
            TrainLoss = EventWriter.Finite(training.Loss),
            TrainAccuracy = EventWriter.Finite(training.Accuracy),
            ValidationLoss = EventWriter.Finite(validation.Loss),
            ValidationAccuracy = EventWriter.Finite(validation.Accuracy),
            LearningRate = learningRate.At(cursor.Step - 1),
            ImagesPerSecond = EventWriter.Finite(training.Samples / trainSeconds) ?? 0,
            Seconds = clock.EpochSeconds(cursor),
            ElapsedSeconds = clock.Elapsed(cursor).TotalSeconds,
        };
        events.Write(epoch);

        var next = validationTracker.EndEpoch(cursor, validation);
        if (IsEnd(next))
        {
            // Weights that are not finite show at the next step; after the last one only the validation shows them.
            CheckLoss(validation.LossSum, validation.Loss);
        }

        cursor = next;
        observer.EpochEnded(epoch, IsComplete);
        metrics.Set(0, 0, 0);
        clock.StartEpoch();
        validationTracker.EmitEarlyStop(events);
        if (checkpoints.IsDue || IsComplete)
        {
            SaveCheckpoint();
        }
    }

    private bool IsEnd(Cursor position) => position.Epoch == setup.Spec.Training.Epochs || validationTracker.StopsEarly;

    private RunEnd Finish()
    {
        var epoch = validationTracker.RestoreBest(cursor.Epoch, events);
        if (!new FinalEvaluation(setup, evaluation, events).Run(epoch, out var test))
        {
            if (epoch != cursor.Epoch)
            {
                validationTracker.RestoreLast();
            }

            return Stop();
        }

        events.Write(new FinishedEvent
        {
            Epochs = cursor.Epoch,
            Steps = cursor.Step,
            Seconds = clock.Elapsed(cursor).TotalSeconds,
            BestEpoch = cursor.BestEpoch,
            BestValidationAccuracy = cursor.BestAccuracy,
            TestLoss = test is null ? null : EventWriter.Finite(test.Loss),
            TestAccuracy = test?.Accuracy,
        });
        return RunEnd.Finished;
    }

    private RunEnd Stop()
    {
        SaveCheckpoint();
        events.Write(new StoppedEvent { Request = stop.Request!, Epoch = Epoch, Step = cursor.Step });
        return RunEnd.Stopped;
    }

    private void SaveCheckpoint()
    {
        var sums = metrics.Read();
        CheckLoss(sums.LossSum, sums.Loss);
        var saved = checkpoints.Save(cursor with
        {
            LossSum = sums.LossSum,
            Correct = sums.Correct,
            ElapsedSeconds = clock.Elapsed(cursor).TotalSeconds,
            EpochSeconds = clock.EpochSeconds(cursor),
            Diagnosis = observer.State,
        });
        events.Write(new CheckpointEvent
        {
            Epoch = cursor.Epoch,
            Step = cursor.Step,
            File = saved.File,
            Bytes = saved.Bytes,
            Sha256 = saved.Sha256,
        });
    }

    private Moment Now => new(cursor.Step, Epoch, learningRate.At(Math.Max(0, cursor.Step - 1)));

    private void CheckLoss(double value, double loss) => divergenceGuard.CheckLoss(value, loss, Now);
}
