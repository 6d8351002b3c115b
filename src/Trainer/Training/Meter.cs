namespace Trainyard.Trainer.Training;

// Sums loss and correct answers over batches: on the processor in two numbers, on a GPU in two tensors of the device, so that only Read waits for it.
internal sealed class Meter : IDisposable
{
    private readonly Tensor? lossSum;
    private readonly Tensor? correct;
    private double hostLossSum;
    private long hostCorrect;

    public Meter(torch.Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            return;
        }

        lossSum = zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        correct = zeros(1, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
    }

    public long Samples { get; private set; }

    // loss: Mean of a batch.
    public void Add(double loss, long correct, long samples)
    {
        Samples += samples;
        hostLossSum += samples * loss;
        hostCorrect += correct;
    }

    // The same from tensors of one value each, on the device.
    public void Add(Tensor loss, Tensor correct, long samples)
    {
        if (lossSum is null)
        {
            Add(loss.to_type(ScalarType.Float64).item<double>(), correct.item<long>(), samples);
            return;
        }

        using var _ = no_grad();
        Samples += samples;
        lossSum.add_(loss, samples);
        this.correct!.add_(correct);
    }

    public void Set(double lossTotal, long correctTotal, long samples)
    {
        using var _ = no_grad();
        (hostLossSum, hostCorrect, Samples) = (lossTotal, correctTotal, samples);
        lossSum?.fill_(lossTotal);  // not zero_(), which in TorchSharp 0.107 returns a second handle to the same tensor
        correct?.fill_(correctTotal);
    }

    /// <summary>The sums so far. Waits for the device.</summary>
    public Reading Read() => new(lossSum?.item<double>() ?? hostLossSum, correct?.item<long>() ?? hostCorrect, Samples);

    public void Dispose()
    {
        lossSum?.Dispose();
        correct?.Dispose();
    }

    public sealed record Reading(double LossSum, long Correct, long Samples)
    {
        /// <summary>Mean loss; NaN without samples.</summary>
        public double Loss => LossSum / Samples;

        /// <summary>Share of correct answers; NaN without samples.</summary>
        public double Accuracy => (double)Correct / Samples;

        public Reading Since(Reading earlier) => new(LossSum - earlier.LossSum, Correct - earlier.Correct, Samples - earlier.Samples);
    }
}
