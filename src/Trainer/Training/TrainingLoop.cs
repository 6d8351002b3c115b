using Trainyard.Specs.Events;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Layers;
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
    // Samples of a validation or test batch. It changes no result beyond the last bits, only speed and memory.
    private const int EvaluationBatch = 256;

    private readonly TrainingSetup setup;
    private readonly EventWriter events;
    private readonly StopSignal stop;
    private readonly CheckpointPolicy checkpoints;
    private readonly TimeProvider time;
    private readonly ProgressReporter progress;
    private readonly Meter meter;
    private readonly Tensor validationIndices;
    private readonly double learningRate;

    private Cursor cursor;
    private long attemptStart;
    private long epochStart;
    private double lastLoss = double.NaN;

    /// <summary>Prepares to train from a position.</summary>
    public TrainingLoop(TrainingSetup setup, Cursor from, EventWriter events, StopSignal stop, CheckpointPolicy checkpoints, TimeProvider time)
    {
        this.setup = setup;
        this.events = events;
        this.stop = stop;
        this.checkpoints = checkpoints;
        this.time = time;
        cursor = from;
        learningRate = setup.Spec.Training.Optimizer.Number("learningRate");
        progress = new ProgressReporter(events, time, setup.TotalSteps);
        meter = new Meter(setup.Device);
        validationIndices = Indices(setup.Split.Validation).DetachFromDisposeScope();
    }

    /// <summary>The epoch in work, from 1.</summary>
    public int Epoch => Math.Min(cursor.Epoch + 1, setup.Spec.Training.Epochs);

    /// <summary>Updates since the run began.</summary>
    public long Step => cursor.Step;

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

        while (cursor.Epoch < setup.Spec.Training.Epochs)
        {
            if (!TrainEpoch())
            {
                return Stop();
            }

            var trainSeconds = EpochSeconds;
            if (Evaluate(setup.Train, validationIndices) is not { } validation)
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
        var (samples, labels) = setup.Train.Take(indices.narrow(0, first, count));
        if (setup.Network.IsRandom)
        {
            manual_seed(setup.Seed.EngineSeed(RandomPurpose.Dropout, cursor.Step));
        }

        var scores = setup.Network.Forward(samples, Mode.Train).to_type(ScalarType.Float32);  // [n, classes]
        var loss = functional.cross_entropy(scores, labels);
        loss.backward();

        setup.WeightDecay?.Apply(learningRate);
        setup.Optimizer.Step(learningRate);
        foreach (var parameter in setup.Optimizer.Parameters)
        {
            parameter.grad = null;
        }

        meter.Add(loss, scores, labels);
        cursor = cursor with { Step = cursor.Step + 1, StepInEpoch = cursor.StepInEpoch + 1 };
        if (setup.Device.type == DeviceType.CPU)
        {
            // On a GPU this would wait for the device, so there the sums are looked at instead.
            var value = (double)loss.item<float>();
            CheckLoss(value, value);
        }
    }

    // Mean loss and accuracy over samples; null: asked to stop.
    private Meter.Reading? Evaluate(BatchSource source, Tensor indices)
    {
        using var _ = no_grad();
        using var sums = new Meter(setup.Device);
        var total = indices.numel();
        for (long first = 0; first < total; first += EvaluationBatch)
        {
            if (stop.Request is not null)
            {
                return null;
            }

            using var scope = NewDisposeScope();
            var (samples, labels) = source.Take(indices.narrow(0, first, Math.Min(EvaluationBatch, total - first)));
            var scores = setup.Network.Forward(samples, Mode.Evaluate).to_type(ScalarType.Float32);
            sums.Add(functional.cross_entropy(scores, labels), scores, labels);
        }

        return sums.Read();
    }

    private void EndEpoch(Meter.Reading validation, double trainSeconds)
    {
        var training = meter.Read();
        CheckLoss(training.LossSum, training.Loss);
        events.Write(new EpochEvent
        {
            Epoch = Epoch,
            Step = cursor.Step,
            TrainLoss = EventWriter.Finite(training.Loss),
            TrainAccuracy = EventWriter.Finite(training.Accuracy),
            ValidationLoss = EventWriter.Finite(validation.Loss),
            ValidationAccuracy = EventWriter.Finite(validation.Accuracy),
            LearningRate = learningRate,
            ImagesPerSecond = EventWriter.Finite(training.Samples / trainSeconds) ?? 0,
            Seconds = EpochSeconds,
            ElapsedSeconds = Elapsed.TotalSeconds,
        });

        var isBest = validation.Accuracy > (cursor.BestAccuracy ?? -1);
        cursor = cursor with
        {
            Epoch = cursor.Epoch + 1,
            StepInEpoch = 0,
            EpochSeconds = 0,
            BestEpoch = isBest ? cursor.Epoch + 1 : cursor.BestEpoch,
            BestAccuracy = isBest ? validation.Accuracy : cursor.BestAccuracy,
        };
        meter.Set(0, 0, 0);
        epochStart = time.GetTimestamp();
        if (checkpoints.IsDue || cursor.Epoch == setup.Spec.Training.Epochs)
        {
            SaveCheckpoint();
        }
    }

    private RunEnd Finish()
    {
        Meter.Reading? test = null;
        if (setup.Spec.Training.EvaluateTest)
        {
            using var source = setup.OpenTest();
            using var indices = Indices([.. Enumerable.Range(0, setup.TestSamples)]);
            test = Evaluate(source, indices);
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
            cursor with { LossSum = sums.LossSum, Correct = sums.Correct, ElapsedSeconds = Elapsed.TotalSeconds, EpochSeconds = EpochSeconds });
        events.Write(new CheckpointEvent
        {
            Epoch = cursor.Epoch,
            Step = cursor.Step,
            File = saved.File,
            Bytes = saved.Bytes,
            Sha256 = saved.Sha256,
        });
    }

    private void CheckLoss(double value, double loss)
    {
        if (!double.IsFinite(value))
        {
            var last = double.IsNaN(lastLoss) ? "there was no finite loss before" : $"the last finite loss was {lastLoss:G5}";
            throw new RunFailureException(
                FailureClass.Diverged,
                $"The loss became {(double.IsNaN(value) ? "NaN" : "infinite")} at step {cursor.Step} in epoch {Epoch}; {last}. "
                + $"Try a smaller learning rate: it is {learningRate:G5}, a tenth of it is a good next try.");
        }

        if (double.IsFinite(loss))
        {
            lastLoss = loss;
        }
    }

    private void CheckTimeLimit()
    {
        if (setup.Spec.Training.TimeLimitSeconds is { } limit && Elapsed.TotalSeconds > limit)
        {
            throw new RunFailureException(
                FailureClass.Timeout,
                $"Training took longer than the spec's limit of {limit:G6} seconds; {cursor.Epoch} of {setup.Spec.Training.Epochs} epochs are done. "
                + "Raise timeLimitSeconds, or train fewer epochs or a smaller network.");
        }
    }

    private Tensor Indices(int[] indices) => tensor(Array.ConvertAll(indices, index => (long)index), device: setup.Device);
}
