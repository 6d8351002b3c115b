using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Training;

/// <summary>
/// One update of the weights: a batch forward and backward, the gradient bounded, the weights pulled and moved. What it draws at random follows from the seed and
/// the number of the step alone. An observed step computes the same.
/// </summary>
/// <param name="setup">What is trained, and with what.</param>
/// <param name="learningRate">The rate of each update.</param>
/// <param name="observer">Says which steps are observed.</param>
/// <param name="losses">Takes note of the gradient's norm where it was measured.</param>
/// <param name="meter">Takes the sums of the epoch.</param>
internal sealed class TrainingStep(TrainingSetup setup, LearningRate learningRate, RunObserver observer, DivergenceGuard losses, Meter meter)
{
    /// <summary>Takes the step that a run stands before.</summary>
    /// <param name="order">Training samples in the order of the epoch: [train samples] int64, on the device.</param>
    /// <param name="cursor">Where the run stands.</param>
    /// <returns>The mean loss of the batch, as it is minimised; null where reading it at each step would wait for the device.</returns>
    public double? Take(Tensor order, Cursor cursor)
    {
        using var scope = NewDisposeScope();
        var (samples, labels) = Batch(order, cursor);
        var watch = observer.Watch(cursor);
        setup.Network.train();
        if (setup.Network.HasDropout)
        {
            manual_seed(setup.Seed.EngineSeed(RandomPurpose.Dropout, cursor.Step));
        }

        var scores = (watch?.Forward(samples) ?? setup.Network.call(samples)).to_type(ScalarType.Float32);  // [n, classes]
        var smoothing = setup.Spec.Training.LabelSmoothing;
        var loss = functional.cross_entropy(scores, labels, label_smoothing: smoothing);
        loss.backward();

        // On a GPU this would wait for the device, so there the sums are looked at from time to time.
        double? value = setup.Device.type == DeviceType.CPU || cursor.Step == 0 ? loss.item<float>() : null;
        watch?.GradientsReady();
        if (watch is null && value is { } high && losses.IsHigh(high))
        {
            losses.Measured(GradientNorm());
        }

        Update(cursor.Step, watch);

        // Smoothing changes what is minimised, not what is told: losses of training and validation must compare.
        meter.Add(smoothing > 0 ? functional.cross_entropy(scores.detach(), labels) : loss, scores, labels);
        if (watch is not null)
        {
            losses.Measured(watch.GradientNorm);
        }

        return value;
    }

    private (Tensor Samples, Tensor Labels) Batch(Tensor order, Cursor cursor)
    {
        var first = cursor.StepInEpoch * setup.BatchSize;
        var batch = order.narrow(0, first, Math.Min(setup.BatchSize, setup.Split.Train.Length - first));
        return setup.Augmentation is { } augmentation
            ? setup.Train.Take(batch, augmentation, setup.Seed.Stream(RandomPurpose.Augmentation, cursor.Step))
            : setup.Train.Take(batch);
    }

    private void Update(long step, StepProbe? watch)
    {
        var rate = learningRate.At(step);
        setup.GradientClipping?.Invoke();
        setup.WeightDecay?.Apply(rate, learningRate.Factor(step));
        setup.Optimizer.Step(rate);
        watch?.WeightsUpdated();
        setup.Network.zero_grad();
    }

    private double GradientNorm()
    {
        using var _ = no_grad();
        return Math.Sqrt(setup.Optimizer.Parameters.Sum(parameter => parameter.grad is { } gradient ? Math.Pow(gradient.norm().item<float>(), 2) : 0));
    }
}
