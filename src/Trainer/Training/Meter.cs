namespace Trainyard.Trainer.Training;

/// <summary>Sums loss and correct answers over batches on the training device; only <see cref="Read"/> waits for the device.</summary>
internal sealed class Meter : IDisposable
{
    private readonly Tensor lossSum;
    private readonly Tensor correct;

    public Meter(torch.Device device)
    {
        lossSum = zeros(1, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        correct = zeros(1, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
    }

    public long Samples { get; private set; }

    // scores: [n, classes]. labels: [n] int64.
    public void Add(Tensor loss, Tensor scores, Tensor labels)
    {
        using var _ = no_grad();
        var count = labels.numel();
        lossSum.add_(loss, count);
        correct.add_(scores.argmax(1).eq(labels).sum());
        Samples += count;
    }

    public void Set(double lossTotal, long correctTotal, long samples)
    {
        using var _ = no_grad();
        lossSum.fill_(lossTotal);  // not zero_(), which in TorchSharp 0.107 returns a second handle to the same tensor
        correct.fill_(correctTotal);
        Samples = samples;
    }

    /// <summary>The sums so far. Waits for the device.</summary>
    public Reading Read() => new(lossSum.item<double>(), correct.item<long>(), Samples);

    public void Dispose()
    {
        lossSum.Dispose();
        correct.Dispose();
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
