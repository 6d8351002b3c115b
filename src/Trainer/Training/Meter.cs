using System.Runtime.InteropServices;

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

    // scores: [n, classes] float32. labels: [n] int64.
    public void Add(Tensor loss, Tensor scores, Tensor labels)
    {
        using var _ = no_grad();
        var count = labels.numel();
        Samples += count;
        if (lossSum is null)
        {
            hostLossSum += count * (double)loss.item<float>();
            hostCorrect += CountCorrect(MemoryMarshal.Cast<byte, float>(scores.contiguous().bytes), MemoryMarshal.Cast<byte, long>(labels.bytes));
            return;
        }

        lossSum.add_(loss, count);
        correct!.add_(scores.argmax(1).eq(labels).sum());
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

    // The answer is the first class with the highest score, or with a score that is not a number, as argmax has it.
    private static int CountCorrect(ReadOnlySpan<float> scores, ReadOnlySpan<long> labels)
    {
        var classes = scores.Length / labels.Length;
        var count = 0;
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var row = scores.Slice(sample * classes, classes);
            var answer = 0;
            for (var index = 1; index < classes && !float.IsNaN(row[answer]); index++)
            {
                answer = row[index] > row[answer] || float.IsNaN(row[index]) ? index : answer;
            }

            count += answer == labels[sample] ? 1 : 0;
        }

        return count;
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
