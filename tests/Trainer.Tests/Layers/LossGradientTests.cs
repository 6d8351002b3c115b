using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>The loss that runs train on, against central differences and its closed form, in float64.</summary>
public sealed class LossGradientTests
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    // [4, 3]
    private static readonly double[] Scores = [0.2, -1.3, 2.1, 0.7, 0.7, -0.4, 3.0, -2.0, 0.1, -0.6, 0.9, 1.4];
    private static readonly long[] Labels = [2, 0, 0, 1];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void CrossEntropy(double smoothing)
    {
        using var scope = NewDisposeScope();
        var scores = tensor(Scores, [4, 3]).requires_grad_();
        Loss(scores, smoothing).backward();
        var analytic = scores.grad!.data<double>().ToArray();
        var scale = analytic.Max(Math.Abs);
        for (var index = 0; index < Scores.Length; index++)
        {
            var numeric = (Shifted(index, Step) - Shifted(index, -Step)) / (2 * Step);
            Assert.True(Math.Abs(numeric - analytic[index]) / scale < Tolerance, $"Score {index}: numeric {numeric}, backpropagation {analytic[index]}");
        }

        // softmax - target, by the number of samples
        var probabilities = functional.softmax(scores.detach(), 1).data<double>().ToArray();
        for (var index = 0; index < Scores.Length; index++)
        {
            var target = (smoothing / 3) + (Labels[index / 3] == index % 3 ? 1 - smoothing : 0);
            Assert.Equal((probabilities[index] - target) / 4, analytic[index], 1e-12);
        }

        double Shifted(int index, double shift)
        {
            using var inner = NewDisposeScope();
            var values = (double[])Scores.Clone();
            values[index] += shift;
            return Loss(tensor(values, [4, 3]), smoothing).item<double>();
        }
    }

    private static Tensor Loss(Tensor scores, double smoothing) => functional.cross_entropy(scores, tensor(Labels), label_smoothing: smoothing);
}
