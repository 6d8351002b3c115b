using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Tests.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The kernels against torch's operations in float64, on the same inputs. VectorWidthTests runs this class with shorter vectors, too.</summary>
public sealed class BatchNormActivationTests
{
    private const double Epsilon = 1e-5;

    public static TheoryData<string> Activations => ["batch norm alone", "identity", "relu", "leaky_relu", "elu", "selu", "silu", "gelu", "sigmoid", "tanh"];

    // Channels below, at and above the length of a vector, with and without an even share of it; rows that do and do not join; one image; several blocks.
    public static TheoryData<string, bool> Shapes => new()
    {
        { "16,1,4,4", false }, { "2,3,8,8", false }, { "5,17,3,3", false }, { "16,17,3,3", false }, { "3,64,5,7", false }, { "2,100,3,2", false }, { "1,16,1,5", false },
        { "40,24,32,32", false }, { "7,96", false }, { "6,16", false }, { "64,5", false },
        { "2,16,2,2", true }, { "3,17,4,6", true }, { "2,24,8,8", true }, { "2,64,6,4", true }, { "1,100,2,2", true }, { "20,24,32,32", true },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void Kernel_OfEveryActivation_HasTorchsValuesAndGradients(string activation)
    {
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            Compare(activation, [4, 24, 6, 6], pools: false, type);
            Compare(activation, [4, 24, 6, 6], pools: true, type);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Kernel_OfEveryShape_HasTorchsValuesAndGradients(string shape, bool pools)
    {
        long[] sides = [.. shape.Split(',').Select(long.Parse)];
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            Compare("silu", sides, pools, type);
            Compare("relu", sides, pools, type);
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(-1e4)]
    public void Kernel_MeanFarFromZero_KeepsTheDeviation(double offset)
    {
        Compare("silu", [8, 24, 16, 16], pools: false, ScalarType.Float32, offset);
        Compare("silu", [8, 24, 16, 16], pools: true, ScalarType.Float32, offset);
    }

    [Fact]
    public void Kernel_ConstantChannel_HasNoVarianceAndFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var input = full([4, 16, 4, 4], 3f).requires_grad_();
        var (output, moments) = Kernel("silu", pools: false).Forward(input, ones(16).requires_grad_(), zeros(16).requires_grad_(), Epsilon);
        output.sum().backward();
        Assert.All(moments.Variance, variance => Assert.Equal(0, variance, 1e-12));
        Assert.True(output.isfinite().all().item<bool>() && input.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Kernel_InputWithNaN_PassesItOn()
    {
        using var scope = NewDisposeScope();
        foreach (var (activation, type) in ((string, ScalarType)[])[("relu", ScalarType.BFloat16), ("silu", ScalarType.Float32), ("tanh", ScalarType.BFloat16)])
        {
            var input = randn(4, 8, 8, 16).permute(0, 3, 1, 2).clone();
            input[1, 2, 3, 4] = float.NaN;
            var (output, _) = Kernel(activation, pools: true).Forward(input.to_type(type).requires_grad_(), ones(16), zeros(16), Epsilon);
            Assert.True(output.select(1, 2).isnan().all().item<bool>());
            Assert.False(output.select(1, 3).isnan().any().item<bool>());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.BFloat16, true)]
    public void Kernel_OneAndTwoThreads_ComputeTheSameBits(ScalarType type, bool pools)
    {
        try
        {
            set_num_threads(1);
            var expected = Bits(type, pools);
            set_num_threads(2);
            for (var repetition = 0; repetition < 5; repetition++)
            {
                Assert.Equal(expected, Bits(type, pools));
            }
        }
        finally
        {
            set_num_threads(2);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Inference_OfEveryActivation_HasTorchsValues(string activation)
    {
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            CompareInference(activation, [4, 24, 6, 6], pools: false, type);
            CompareInference(activation, [4, 24, 6, 6], pools: true, type);
            CompareInference(activation, [6, 32], pools: false, type);
        }
    }

    private static byte[] Bits(ScalarType type, bool pools)
    {
        using var scope = NewDisposeScope();
        var leaves = Leaves([32, 24, 32, 32], type, offset: 0);
        var (output, _) = Kernel("silu", pools).Forward(leaves[0], leaves[1], leaves[2], Epsilon);
        output.backward([Gradient(output)]);
        return [.. leaves.Select(leaf => leaf.grad!).Append(output.detach()).SelectMany(tensor => tensor.contiguous().bytes.ToArray())];
    }

    private static void Compare(string? activation, long[] shape, bool pools, ScalarType type, double offset = 0)
    {
        using var scope = NewDisposeScope();
        var leaves = Leaves(shape, type, offset);
        var exact = leaves.Select(leaf => leaf.detach().to_type(ScalarType.Float64).requires_grad_()).ToArray();
        activation = activation == "batch norm alone" ? null : activation;
        var kernel = Kernel(activation, pools);
        if (!BatchNormActivation.Takes(leaves[0]))
        {
            // The only shapes that are left to torch: rows shorter than a vector whose number does not let them be joined.
            Assert.True(shape[1] < ChannelBlocks.Lanes && leaves[0].numel() % ChannelBlocks.Lanes != 0, string.Join(',', shape));
            return;
        }

        var (output, moments) = kernel.Forward(leaves[0], leaves[1], leaves[2], Epsilon);
        var gradient = Gradient(output);
        output.backward([gradient]);

        var layer = activation is null ? null : TestLayers.Build(TestLayers.Activation(activation), [.. shape[1..].Select(side => (int)side)]);
        var runningMean = zeros(shape[1], dtype: ScalarType.Float64);
        var runningVariance = ones(shape[1], dtype: ScalarType.Float64);
        var expected = functional.batch_norm(exact[0], runningMean, runningVariance, exact[1], exact[2], training: true, momentum: 0.25, eps: Epsilon);
        expected = layer?.call(expected) ?? expected;
        expected = pools ? functional.max_pool2d(expected, 2) : expected;
        expected.backward([gradient.to_type(ScalarType.Float64)]);

        var what = $"{activation} {string.Join(',', shape)} {type}{(pools ? " pooled" : "")}";
        AssertClose(expected, output, $"{what}: output");
        AssertClose(exact[0].grad!, leaves[0].grad!, $"{what}: gradient of the input");
        AssertClose(exact[1].grad!, leaves[1].grad!, $"{what}: gradient of the scale");
        AssertClose(exact[2].grad!, leaves[2].grad!, $"{what}: gradient of the shift");

        var (mean, variance) = (zeros(shape[1]), ones(shape[1]));
        moments.MixInto(mean, variance, 0.25);
        AssertClose(runningMean, mean, $"{what}: running mean", least: 1);  // of inputs with a deviation of 2
        AssertClose(runningVariance, variance, $"{what}: running variance");
    }

    private static void CompareInference(string? activation, long[] shape, bool pools, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var leaves = Leaves(shape, type, offset: 0.5);
        var (mean, variance) = (randn(shape[1]), rand(shape[1]) + 0.2);
        activation = activation == "batch norm alone" ? null : activation;
        var output = Kernel(activation, pools).Infer(leaves[0], mean, variance, leaves[1], leaves[2], Epsilon);

        var exact = Array.ConvertAll([.. leaves, mean, variance], tensor => tensor.detach().to_type(ScalarType.Float64));
        var expected = functional.batch_norm(exact[0], exact[3], exact[4], exact[1], exact[2], training: false, momentum: 0, eps: Epsilon);
        expected = activation is null ? expected : TestLayers.Build(TestLayers.Activation(activation), [.. shape[1..].Select(side => (int)side)]).call(expected);
        AssertClose(pools ? functional.max_pool2d(expected, 2) : expected, output, $"{activation} {string.Join(',', shape)} {type}{(pools ? " pooled" : "")}");
    }

    private static BatchNormActivation Kernel(string? activation, bool pools) =>
        KernelFactory.BatchNorm(activation is null ? null : TestLayers.Default(TechniqueKind.Activation, activation), pools)!;

    private static Tensor[] Leaves(long[] shape, ScalarType type, double offset)
    {
        manual_seed(shape.Sum());
        var data = shape is [var n, var c, var h, var w] ? randn(n, h, w, c).permute(0, 3, 1, 2) : randn(shape);
        return [(data * 2 + offset).to_type(type).requires_grad_(), (rand(shape[1]) + 0.5f).requires_grad_(), randn(shape[1]).requires_grad_()];
    }

    // As layers behind give it: with channels first in memory at times.
    private static Tensor Gradient(Tensor output) => randn(output.shape).to_type(output.dtype);

    // float32: 1e-5 of the largest value. bfloat16: its rounding, to the nearest of 8 bits, beside that.
    private static void AssertClose(Tensor expected, Tensor actual, string what, double least = 1e-3)
    {
        var difference = (actual.to_type(ScalarType.Float64) - expected).abs().detach();
        var size = expected.abs().detach();
        var rounding = actual.dtype == ScalarType.BFloat16 ? size / 256 : zeros_like(size);
        var excess = (difference - rounding).max().item<double>() / Math.Max(least, size.max().item<double>());
        Assert.True(excess <= 1e-5, $"{what}: off by {excess:E2} of the largest value");
    }
}
