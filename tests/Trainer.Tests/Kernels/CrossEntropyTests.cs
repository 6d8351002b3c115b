using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The kernel against torch's operations in float64, on the same scores. VectorWidthTests runs this class with shorter vectors, too.</summary>
public sealed class CrossEntropyTests
{
    private const float NaN = float.NaN;
    private const float Infinity = float.PositiveInfinity;

    public static MatrixTheoryData<ScalarType, int, double> Cases => new([ScalarType.Float32, ScalarType.BFloat16], [2, 10, 16, 17, 100], [0, 0.1, 0.9]);

    // Rows of three scores, the first of which is the label's.
    public static TheoryData<float, float, float> SpecialRows => new()
    {
        { NaN, 1, 2 }, { 1, NaN, 2 }, { 1, 2, NaN }, { NaN, NaN, 0 }, { Infinity, 1, 2 }, { 1, Infinity, 2 }, { Infinity, Infinity, 0 }, { Infinity, NaN, 0 },
        { -Infinity, 1, 2 }, { 1, -Infinity, 2 }, { -Infinity, -Infinity, -Infinity }, { 1, 1, 1 }, { 1, 1, 0 }, { 0, 1, 1 }, { -1, -2, -3 },
        { 3e38f, -3e38f, 0 }, { -3e38f, 3e38f, 0 }, { 1e4f, 0, -1e4f }, { 0, 1e4f, 1e4f }, { -0f, 0, -1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnyScores_HasTorchsLossesAndGradient(ScalarType type, int classes, double smoothing)
    {
        foreach (var (samples, scale, shift) in ((int, double, double)[])[(1, 1, 0), (7, 3, -2), (100, 1, 0), (256, 20, 1000), (33, 1e-3, 0), (33, 1e3, 0)])
        {
            using var scope = NewDisposeScope();
            manual_seed(samples);
            var scores = randn(samples, classes).mul(scale).add(shift).to_type(type);
            var labels = randint(classes, samples, dtype: ScalarType.Int64);
            var exact = scores.to_type(ScalarType.Float64).requires_grad_();
            var loss = functional.cross_entropy(exact, labels, label_smoothing: smoothing);
            loss.backward();

            var result = CrossEntropy.Of(scores, labels, smoothing, withGradient: true);

            AssertClose(loss.item<double>(), result.Loss);
            AssertClose(functional.cross_entropy(exact.detach(), labels).item<double>(), result.PlainLoss);
            Assert.Equal(exact.argmax(1).eq(labels).sum().item<long>(), result.Correct);
            Assert.Equal(type, result.Gradient!.dtype);

            // Rounding of the factors in float32, and of the result to 8 bits in bfloat16.
            var error = result.Gradient!.to_type(ScalarType.Float64).sub(exact.grad!).abs();
            var allowed = exact.grad!.abs().mul(type == ScalarType.BFloat16 ? 1.0 / 256 : 1e-6).add(3e-7 / samples);
            Assert.True(error.le(allowed).all().item<bool>(), $"{samples} samples: error {error.max().item<double>()}");
        }
    }

    [Theory]
    [MemberData(nameof(SpecialRows))]
    public void Of_SpecialScores_HasTorchsAnswer(float first, float second, float third)
    {
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            foreach (var smoothing in (double[])[0, 0.1])
            {
                using var scope = NewDisposeScope();

                // Beside a row of usual scores, which must stay as it is.
                var scores = tensor([first, second, third, 0.5f, -1, 2], [2, 3]).to_type(type);
                var labels = tensor([0L, 2L]);
                var torchs = scores.to_type(ScalarType.Float32).requires_grad_();
                var loss = functional.cross_entropy(torchs, labels, label_smoothing: smoothing);
                loss.backward();

                var result = CrossEntropy.Of(scores, labels, smoothing, withGradient: true);

                AssertClose(loss.item<float>(), result.Loss);
                AssertClose(functional.cross_entropy(torchs.detach(), labels).item<float>(), result.PlainLoss);
                Assert.Equal(torchs.argmax(1).eq(labels).sum().item<long>(), result.Correct);
                var gradient = result.Gradient!.to_type(ScalarType.Float32);
                Assert.True(gradient.allclose(torchs.grad!.to_type(type).to_type(ScalarType.Float32), rtol: 0.01, atol: 1e-6, equal_nan: true), gradient.str());
            }
        }
    }

    [Fact]
    public void Of_ScoresAcrossMemory_ReadsThemInTheirOrder()
    {
        using var scope = NewDisposeScope();
        var transposed = randn(10, 8).t();
        var labels = arange(8, ScalarType.Int64);
        Assert.Equal(CrossEntropy.Of(transposed.contiguous(), labels, 0.1, withGradient: false), CrossEntropy.Of(transposed, labels, 0.1, withGradient: false));
    }

    [Fact]
    public void Takes_OtherFormats_LeavesThemToTorch()
    {
        using var scope = NewDisposeScope();
        Assert.True(CrossEntropy.Takes(zeros(1, 2)) && CrossEntropy.Takes(zeros([1, 2], ScalarType.BFloat16)));
        Assert.False(CrossEntropy.Takes(zeros([1, 2], ScalarType.Float64)) || CrossEntropy.Takes(zeros([1, 2], ScalarType.Float16)));
    }

    private static void AssertClose(double expected, double actual)
    {
        if (double.IsFinite(expected))
        {
            Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
            return;
        }

        Assert.Equal(expected, actual);
    }
}
