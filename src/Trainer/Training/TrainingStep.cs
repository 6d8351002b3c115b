using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Optimizers;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

// One update of the weights: forward and backward over a batch, gradient clipping, weight decay, the optimizer's step. Its random draws follow from the seed
// and the number of the step alone. An observed step computes the same.
internal sealed class TrainingStep(TrainingSetup setup, LearningRate learningRate, RunObserver observer, DivergenceGuard divergenceGuard, Meter metrics) : IDisposable
{
    private readonly StepTimes? times = StepTimes.FromEnvironment();

    // order: Training samples in the order of the epoch: [train samples] int64, on the device. Returns the mean loss of the batch, as it is minimized, null where
    // reading it at each step would wait for the device; and the norm of the gradient, null unless it is clipped.
    public (double? Loss, double? GradientNorm) Run(Tensor order, Cursor cursor)
    {
        (double?, double?) result;
        times?.End(StepPart.Between);
        using (NewDisposeScope())
        {
            result = Compute(order, cursor);
        }

        times?.End(StepPart.Disposal);
        return result;
    }

    public void Dispose() => times?.Dispose();

    private (double? Loss, double? GradientNorm) Compute(Tensor order, Cursor cursor)
    {
        var (samples, labels) = Batch(order, cursor);
        times?.End(StepPart.Batch);
        var probe = observer.BeforeStep(cursor);
        if (!setup.Network.training)
        {
            setup.Network.train();
        }

        if (setup.Network.HasDropout)
        {
            manual_seed(setup.Seed.EngineSeed(RandomPurpose.Dropout, cursor.Step));
        }

        var pass = probe?.Forward(samples) ?? setup.Network.Pass(samples);
        times?.End(StepPart.Forward);
        var loss = BatchLoss.Of(pass, labels, setup.Spec.Training.LabelSmoothing);
        times?.End(StepPart.Loss);
        loss.Backward();
        times?.End(StepPart.Backward);

        // On a GPU this would wait for the device, so there the sums are read from time to time instead.
        double? value = setup.Device.type == DeviceType.CPU || cursor.Step == 0 ? loss.Value : null;
        probe?.AfterBackward();
        var norm = setup.GradientClipping?.Invoke();
        if (probe is not null)
        {
            divergenceGuard.RecordGradientNorm(probe.GradientNorm);
        }
        else if (value is { } high && divergenceGuard.IsHigh(high))
        {
            divergenceGuard.RecordGradientNorm(norm ?? GradientNorm.Of([setup.Parameters.All]));
        }

        times?.End(StepPart.Checks);
        Update(cursor.Step, probe);
        times?.End(StepPart.Optimizer);

        loss.AddTo(metrics);
        times?.End(StepPart.Metrics);
        return (value, norm);
    }

    private (Tensor Samples, Tensor Labels) Batch(Tensor order, Cursor cursor)
    {
        var first = cursor.StepInEpoch * setup.BatchSize;
        var batch = order.narrow(0, first, Math.Min(setup.BatchSize, setup.Split.Train.Length - first));
        return setup.Augmentation is { } augmentation
            ? setup.Train.GetBatch(batch, augmentation, setup.Seed.Stream(RandomPurpose.Augmentation, cursor.Step))
            : setup.Train.GetBatch(batch);
    }

    private void Update(long step, StepProbe? probe)
    {
        var rate = learningRate.At(step);
        setup.WeightDecay?.Apply(rate, learningRate.Factor(step));
        setup.Optimizer.Step(rate);
        probe?.AfterUpdate();
        setup.Parameters.ClearGradients();
    }
}
