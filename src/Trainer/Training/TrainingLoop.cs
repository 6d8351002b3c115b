using Trainyard.Specs.Events;
using Trainyard.Specs.Data;
using Trainyard.Specs.Observation;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Randomness;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Training;

/// <summary>
/// The loop: epochs of steps, each epoch followed by a validation pass, an event and perhaps a checkpoint. Between two steps its whole state is a
/// <see cref="Cursor"/> plus the tensors of the setup, and every random draw is derived from the seed and the position, so a run that is stopped or
/// killed and resumed goes on bit for bit as if nothing had happened.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingSetup setup;
    private readonly EventWriter events;
    private readonly StopSignal stop;
    private readonly CheckpointPolicy checkpoints;
    private readonly TimeProvider time;
    private readonly ProgressReporter progress;
    private readonly Meter meter;
    private readonly LossWatch losses = new();
    private readonly Tensor validationIndices;
    private readonly LearningRate learningRate;
    private readonly EarlyStopping? stopping;
    private readonly Evaluation evaluation;
    private readonly RunObserver observer;

    private Cursor cursor;
    private long attemptStart;
    private long epochStart;

    /// <summary>Prepares to train from a position.</summary>
    public TrainingLoop(TrainingSetup setup, Cursor from, EventWriter events, StopSignal stop, CheckpointPolicy checkpoints, TimeProvider time)
    {
        this.setup = setup;
        this.events = events;
        this.stop = stop;
        this.checkpoints = checkpoints;
        this.time = time;
        cursor = from;
        learningRate = new LearningRate(setup.Spec, setup.StepsPerEpoch);
        learningRate.Schedule.State = from.Plateau;
        stopping = setup.Spec.Training.EarlyStopping is { } patience ? new EarlyStopping(patience) : null;
        if (stopping is not null && from.Stopping is { } seen)
        {
            stopping.State = seen;
        }

        evaluation = new Evaluation(setup.Network, setup.Spec.Data.Augmentation?.TestTimeFlip == true, setup.Device, stop);
        observer = new RunObserver(setup, from.Diagnosis, events);
        progress = new ProgressReporter(events, time, setup.TotalSteps);
        meter = new Meter(setup.Device);
        validationIndices = Indices(setup.Split.Validation).DetachFromDisposeScope();
    }

    /// <summary>The epoch in work, from 1.</summary>
    public int Epoch => Math.Min(cursor.Epoch + 1, setup.Spec.Training.Epochs);

    /// <summary>Updates since the run began.</summary>
    public long Step => cursor.Step;

    /// <summary>The last good numbers; null: there was no finite loss.</summary>
    public LastFinite? LastFinite => losses.LastFinite;

    /// <summary>Says what the diagnosis makes of a loss that is no longer a number.</summary>
    public void Diverged() => observer.Diverged(Epoch, Step, LastFinite);

    private bool IsComplete => cursor.Epoch == setup.Spec.Training.Epochs || stopping?.IsDone == true;

    private TimeSpan Elapsed => TimeSpan.FromSeconds(cursor.ElapsedSeconds) + time.GetElapsedTime(attemptStart);

    private double EpochSeconds => cursor.EpochSeconds + time.GetElapsedTime(epochStart).TotalSeconds;

    /// <summary>Trains to the end, or until it is asked to stop.</summary>
    /// <exception cref="RunFailureException">Training cannot go on.</exception>
    public RunEnd Run()
    {
        attemptStart = epochStart = time.GetTimestamp();
        setup.Optimizer.Steps = cursor.Step;
        meter.Set(cursor.LossSum, cursor.Correct, Math.Min((long)cursor.StepInEpoch * setup.BatchSize, setup.Split.Train.Length));
        checkpoints.Start();

        while (!IsComplete)
        {
            if (!TrainEpoch())
            {
                return Stop();
            }

            var trainSeconds = EpochSeconds;
            if (evaluation.Run(setup.Train, validationIndices) is not { } validation)
            {
                return Stop();
            }

            EndEpoch(validation, trainSeconds);
        }

        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        observer.Dispose();
        meter.Dispose();
        validationIndices.Dispose();
    }

    // False: asked to stop.
    private bool TrainEpoch()
    {
        using var scope = NewDisposeScope();
        var order = (int[])setup.Split.Train.Clone();
        setup.Seed.Stream(RandomPurpose.Order, cursor.Epoch).Shuffle(order.AsSpan());
        var indices = Indices(order);  // [train samples] int64, on the device

        progress.Restart(meter.Read());
        while (cursor.StepInEpoch < setup.StepsPerEpoch)
        {
            if (stop.Request is not null)
            {
                return false;
            }

            CheckTimeLimit();
            TrainStep(indices);
            if (progress.IsDue)
            {
                var sums = meter.Read();  // waits for the device
                CheckLoss(sums.LossSum, sums.Loss);
                progress.Report(Epoch, cursor.Step, sums, Elapsed);
            }

            if (cursor.StepInEpoch < setup.StepsPerEpoch && checkpoints.IsDue)
            {
                SaveCheckpoint();
            }
        }

        return true;
    }

    private void TrainStep(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var first = cursor.StepInEpoch * setup.BatchSize;
        var count = Math.Min(setup.BatchSize, setup.Split.Train.Length - first);
        var batch = indices.narrow(0, first, count);
        var (samples, labels) = setup.Augmentation is { } augmentation
            ? setup.Train.Take(batch, augmentation, setup.Seed.Stream(RandomPurpose.Augmentation, cursor.Step))
            : setup.Train.Take(batch);
        var watch = observer.Watch(cursor);
        if (setup.Network.IsRandom)
        {
            manual_seed(setup.Seed.EngineSeed(RandomPurpose.Dropout, cursor.Step));
        }

        var scores = (watch?.Forward(samples) ?? setup.Network.Forward(samples, Mode.Train)).to_type(ScalarType.Float32);  // [n, classes]
        var loss = functional.cross_entropy(scores, labels, label_smoothing: setup.Spec.Training.LabelSmoothing);
        loss.backward();

        // On a GPU this would wait for the device, so there the sums are looked at from time to time.
        double? value = setup.Device.type == DeviceType.CPU || cursor.Step == 0 ? loss.item<float>() : null;
        watch?.GradientsReady();
        if (watch is null && value is { } high && losses.IsHigh(high))
        {
            losses.Measured(GradientNorm());
        }

        var rate = learningRate.At(cursor.Step);
        setup.GradientClipping?.Apply();
        setup.WeightDecay?.Apply(rate);
        setup.Optimizer.Step(rate);
        watch?.WeightsUpdated();
        foreach (var parameter in setup.Optimizer.Parameters)
        {
            parameter.grad = null;
        }

        meter.Add(loss, scores, labels);
        cursor = cursor with { Step = cursor.Step + 1, StepInEpoch = cursor.StepInEpoch + 1 };
        if (watch is not null)
        {
            losses.Measured(watch.GradientNorm);
        }

        if (value is { } known)
        {
            if (cursor.Step == 1)
            {
                observer.FirstStepDone(known);
            }

            CheckLoss(known, known);
        }
    }

    private void EndEpoch(Meter.Reading validation, double trainSeconds)
    {
        var training = meter.Read();
        CheckLoss(training.LossSum, training.Loss);
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
            Seconds = EpochSeconds,
            ElapsedSeconds = Elapsed.TotalSeconds,
        };
        events.Write(epoch);

        // A loss that is no number counts as the worst there is.
        var loss = double.IsFinite(validation.Loss) ? validation.Loss : double.MaxValue;
        learningRate.Schedule.EpochEnded(loss, validation.Accuracy);
        stopping?.EpochEnded(loss, validation.Accuracy);
        var isBest = validation.Accuracy > (cursor.BestAccuracy ?? -1);
        cursor = cursor with
        {
            Epoch = cursor.Epoch + 1,
            StepInEpoch = 0,
            EpochSeconds = 0,
            BestEpoch = isBest ? cursor.Epoch + 1 : cursor.BestEpoch,
            BestAccuracy = isBest ? validation.Accuracy : cursor.BestAccuracy,
            Plateau = learningRate.Schedule.State,
            Stopping = stopping?.State,
        };
        observer.EpochEnded(epoch, IsComplete);
        meter.Set(0, 0, 0);
        epochStart = time.GetTimestamp();
        if (stopping?.IsDone == true)
        {
            events.Notice(
                StoryCode.StoppedEarly, stopping.Reason,
                ("metric", setup.Spec.Training.EarlyStopping!.Metric), ("best", stopping.State.Best), ("epochs", stopping.State.EpochsWithoutImprovement));
        }

        if (checkpoints.IsDue || IsComplete)
        {
            SaveCheckpoint();
        }
    }

    private RunEnd Finish()
    {
        if (Detail(DataSplit.Validation, setup.Train, setup.Dataset.Train, setup.Split.Validation) is null)
        {
            return Stop();
        }

        Meter.Reading? test = null;
        if (setup.Spec.Training.EvaluateTest)
        {
            using var source = setup.OpenTest();
            test = Detail(DataSplit.Test, source, setup.Dataset.Test, [.. Enumerable.Range(0, setup.TestSamples)]);
            if (test is null)
            {
                return Stop();
            }
        }

        events.Write(new FinishedEvent
        {
            Epochs = cursor.Epoch,
            Steps = cursor.Step,
            Seconds = Elapsed.TotalSeconds,
            BestEpoch = cursor.BestEpoch,
            BestValidationAccuracy = cursor.BestAccuracy,
            TestLoss = test is { } reading ? EventWriter.Finite(reading.Loss) : null,
            TestAccuracy = test?.Accuracy,
        });
        return RunEnd.Finished;
    }

    // Null: asked to stop on the way.
    private Meter.Reading? Detail(DataSplit split, BatchSource source, SampleSet samples, int[] chosen)
    {
        using var scope = NewDisposeScope();
        var details = new EvaluationDetails(split, samples, chosen, DatasetClasses.Of(setup.Spec.Data.Dataset));
        var sums = evaluation.Run(source, Indices(chosen), details);
        if (sums is not null)
        {
            events.Write(details.ToEvent(cursor.Epoch, sums));
        }

        return sums;
    }

    private RunEnd Stop()
    {
        SaveCheckpoint();
        events.Write(new StoppedEvent { Request = stop.Request!, Epoch = Epoch, Step = cursor.Step });
        return RunEnd.Stopped;
    }

    private void SaveCheckpoint()
    {
        var sums = meter.Read();
        CheckLoss(sums.LossSum, sums.Loss);
        var saved = checkpoints.Save(
            cursor with { LossSum = sums.LossSum, Correct = sums.Correct, ElapsedSeconds = Elapsed.TotalSeconds, EpochSeconds = EpochSeconds, Diagnosis = observer.State });
        events.Write(new CheckpointEvent
        {
            Epoch = cursor.Epoch,
            Step = cursor.Step,
            File = saved.File,
            Bytes = saved.Bytes,
            Sha256 = saved.Sha256,
        });
    }

    private double GradientNorm()
    {
        using var _ = no_grad();
        return Math.Sqrt(setup.Optimizer.Parameters.Sum(parameter => parameter.grad is { } gradient ? Math.Pow(gradient.norm().item<float>(), 2) : 0));
    }

    private void CheckLoss(double value, double loss) =>
        losses.Check(value, loss, cursor.Step, Epoch, learningRate.At(Math.Max(0, cursor.Step - 1)));

    private void CheckTimeLimit()
    {
        if (setup.Spec.Training.TimeLimitSeconds is { } limit && Elapsed.TotalSeconds > limit)
        {
            throw new RunFailureException(
                FailureClass.Timeout,
                StoryCode.TimeLimit,
                $"Training took longer than the spec's limit of {limit:G6} seconds; {cursor.Epoch} of {setup.Spec.Training.Epochs} epochs are done. "
                + "Raise timeLimitSeconds, or train fewer epochs or a smaller network.",
                [("limitSeconds", limit), ("epochsDone", cursor.Epoch), ("epochs", setup.Spec.Training.Epochs)]);
        }
    }

    private Tensor Indices(int[] indices) => tensor(Array.ConvertAll(indices, index => (long)index), device: setup.Device);
}
