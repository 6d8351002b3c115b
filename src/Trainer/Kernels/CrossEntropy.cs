using System.Runtime.InteropServices;

namespace Trainyard.Trainer.Kernels;

// Softmax cross-entropy of a batch, its gradient and the number of correct answers in one pass over the scores, where torch's operations make some ten. With p = softmax(x) and
// the targets t_c = s / C + (1 - s) [c is the label] (Szegedy et al., 2016, section 7; torch.nn.CrossEntropyLoss) of C classes:
// loss = -sum_c t_c log p_c, averaged over n samples; d loss / d x_c = (p_c - t_c) / n.
// Computes a sample in float32 and sums up in float64. One thread does it all: a batch is a few thousand scores.
internal sealed record CrossEntropy
{
    /// <summary>The mean that is minimized, with smoothing.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean without smoothing.</summary>
    public required double PlainLoss { get; init; }

    /// <summary>Samples whose label is the first class with the highest score, or with a score that is not a number, as argmax has it.</summary>
    public required int Correct { get; init; }

    /// <summary>Samples of the batch.</summary>
    public required int Samples { get; init; }

    /// <summary>Of <see cref="Loss"/>, by the scores, in their shape and format; null: it was not wanted.</summary>
    public required Tensor? Gradient { get; init; }

    /// <summary>Whether device and format suit; others are for torch's operations.</summary>
    public static bool Takes(Tensor scores) => scores.device_type == DeviceType.CPU && scores.dtype is ScalarType.Float32 or ScalarType.BFloat16;

    // scores: [n, classes]. labels: [n] int64. smoothing: The share s of the targets that is spread evenly over all classes, from 0 to 1.
    public static CrossEntropy Of(Tensor scores, Tensor labels, double smoothing, bool withGradient) => scores.dtype == ScalarType.Float32
        ? Of<Float32>(scores, labels, smoothing, withGradient)
        : Of<Bfloat16>(scores, labels, smoothing, withGradient);

    private static unsafe CrossEntropy Of<TElement>(Tensor scores, Tensor labels, double smoothing, bool withGradient)
        where TElement : unmanaged, IElement<TElement>
    {
        // Each call of the engine takes about as long as ten samples.
        using var copy = scores.is_contiguous() ? null : scores.detach().contiguous();
        var shape = scores.shape;
        var gradient = withGradient ? empty(shape, scores.dtype) : null;
        var x = (TElement*)TensorRows.Address(copy ?? scores);
        var dx = gradient is null ? null : (TElement*)TensorRows.Address(gradient);
        var answers = MemoryMarshal.Cast<byte, long>(labels.bytes);
        var row = new CrossEntropyRow((int)shape[1]);
        var (loss, plainLoss, correct) = (0.0, 0.0, 0);
        for (var sample = 0; sample < answers.Length; sample++)
        {
            var (start, label) = ((nint)sample * row.Classes, (int)answers[sample]);
            row.Read(x + start);
            var (plain, even, answer) = row.Losses(label);
            plainLoss += plain;
            loss += smoothing > 0 ? ((1 - smoothing) * plain) + (smoothing * even) : plain;  // not 0 times an infinite loss
            correct += answer == label ? 1 : 0;
            if (dx is not null)
            {
                row.WriteGradient(dx + start, label, smoothing, answers.Length);
            }
        }

        return new CrossEntropy { Loss = loss / answers.Length, PlainLoss = plainLoss / answers.Length, Correct = correct, Samples = answers.Length, Gradient = gradient };
    }
}
