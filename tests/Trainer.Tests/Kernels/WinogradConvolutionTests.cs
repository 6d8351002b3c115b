using System.Runtime.Intrinsics;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Kernels.Winograd;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The convolution by tiles and its gradients against torch's in float64.</summary>
public sealed class WinogradConvolutionTests
{
    // Images, height, width, channels, filters, padding: whole tiles and parts of them, images smaller than a tile, panels of channels that overlap, several blocks and groups of tiles.
    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        { 2, 8, 8, 16, 16, 1 }, { 3, 7, 9, 24, 17, 1 }, { 1, 4, 4, 48, 32, 1 }, { 5, 1, 1, 16, 20, 1 }, { 2, 3, 3, 16, 16, 0 }, { 2, 6, 10, 33, 47, 0 }, { 2, 2, 5, 16, 31, 2 }, { 40, 12, 12, 64, 48, 1 }, { 300, 4, 4, 96, 80, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Passes_OfEveryShapeInFloat32_AreTorchs(int count, int height, int width, int channels, int filters, int padding) =>
        AssertPasses(ScalarType.Float32, 1e-5, count, height, width, channels, filters, padding);

    // Of the result, bfloat16 keeps eight bits.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Passes_OfEveryShapeInBfloat16_AreWithinItsRounding(int count, int height, int width, int channels, int filters, int padding) =>
        AssertPasses(ScalarType.BFloat16, 1.0 / 256, count, height, width, channels, filters, padding);

    [Fact]
    public void Passes_ByAnyNumberOfThreads_AreTheSame()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (images, weights, gradient) = (Images(70, 48, 8, 8), Images(64, 48, 3, 3), Images(70, 64, 8, 8));
        var convolution = WinogradConvolution.Of(ScalarType.Float32);
        var threads = get_num_threads();
        try
        {
            var (one, three) = (PassesWith(1), PassesWith(3));
            Assert.All(one.Zip(three), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        }
        finally
        {
            set_num_threads(threads);
        }

        Tensor[] PassesWith(int count)
        {
            set_num_threads(count);
            return [convolution.Forward(images, weights, null, 1), convolution.ImageGradient(gradient, weights, 1), convolution.FilterGradient(images, gradient, 1)];
        }
    }

    // By the layer, as a part of torch's graph.
    [Fact]
    public void Apply_WhereItPays_HasTheGradientsOfTorch()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor[] leaves = [Images(16, 32, 8, 8), Images(24, 32, 3, 3), randn(24)];
        Tensor[] own = [.. leaves.Select(leaf => leaf.clone().requires_grad_())];
        Tensor[] exact = [.. leaves.Select(leaf => Exact(leaf).requires_grad_())];
        Assert.Equal(Vector256.IsHardwareAccelerated, WinogradConvolution.WherePays(own[0], own[1], 1) is not null);
        var output = new ImageConvolution(3, 1, 1, 1).Apply(own[0], own[1], own[2]);
        var gradient = Images(16, 24, 8, 8);
        output.backward([gradient]);
        functional.conv2d(exact[0], exact[1], exact[2], padding: [1, 1]).backward([Exact(gradient)]);
        Assert.All(own.Zip(exact), pair => Assert.InRange(
            (Exact(pair.First.grad!) - pair.Second.grad!).abs().max().item<double>(), 0, 1e-5 * pair.Second.grad!.abs().max().item<double>()));
    }

    [Theory]
    [InlineData(ScalarType.Float32, 16, 8, 16, 32, true)]
    [InlineData(ScalarType.Float32, 16, 3, 64, 64, true)]
    [InlineData(ScalarType.Float32, 16, 8, 16, 16, false)]  // few channels
    [InlineData(ScalarType.Float32, 16, 2, 64, 64, false)]  // mostly empty tiles
    [InlineData(ScalarType.Float32, 2, 8, 64, 64, false)]  // few tiles
    [InlineData(ScalarType.Float32, 16, 8, 3, 256, false)]  // fewer channels than a vector has values
    [InlineData(ScalarType.Float64, 16, 8, 64, 64, false)]
    [InlineData(ScalarType.BFloat16, 32, 8, 48, 48, true)]
    [InlineData(ScalarType.BFloat16, 32, 7, 48, 48, true)]
    [InlineData(ScalarType.BFloat16, 32, 7, 32, 32, false)]  // few channels for partly empty tiles
    [InlineData(ScalarType.BFloat16, 32, 6, 64, 64, false)]  // mostly empty tiles
    [InlineData(ScalarType.BFloat16, 32, 8, 16, 48, false)]  // few channels
    public void WherePays_OfAShape_IsAsMeasured(ScalarType type, int count, int side, int channels, int filters, bool expected)
    {
        using var images = zeros(count, channels, side, side, dtype: type);
        using var weights = zeros(filters, channels, 3, 3, dtype: type);
        var multiplies = Vector256.IsHardwareAccelerated && !(type == ScalarType.BFloat16 && Processor.MultipliesTiles);
        Assert.Equal(expected && multiplies, WinogradConvolution.WherePays(images, weights, 1) is not null);
    }

    // tolerance: Of the largest value.
    private static void AssertPasses(ScalarType type, double tolerance, int count, int height, int width, int channels, int filters, int padding)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var images = Images(count, channels, height, width).to_type(type);
        var weights = Images(filters, channels, 3, 3).to_type(type);
        var bias = randn(filters).to_type(type);
        var (exactImages, exactWeights, exactBias) = (Exact(images).requires_grad_(), Exact(weights).requires_grad_(), Exact(bias));
        var expected = functional.conv2d(exactImages, exactWeights, exactBias, padding: [padding, padding]);
        var gradient = Images(count, filters, expected.shape[2], expected.shape[3]).to_type(type);
        expected.backward([Exact(gradient)]);

        var convolution = WinogradConvolution.Of(type);
        AssertClose(expected.detach(), convolution.Forward(images, weights, bias, padding));
        AssertClose((expected - exactBias.reshape(1, -1, 1, 1)).detach(), convolution.Forward(images, weights, bias: null, padding));
        AssertClose(exactImages.grad!, convolution.ImageGradient(gradient, weights, padding));
        AssertClose(exactWeights.grad!, convolution.FilterGradient(images, gradient, padding));

        void AssertClose(Tensor expected, Tensor found)
        {
            Assert.Equal(type, found.dtype);
            Assert.Equal(expected.shape, found.shape);
            Assert.InRange((expected - Exact(found)).abs().max().item<double>(), 0, tolerance * expected.abs().max().item<double>());
        }
    }

    private static Tensor Exact(Tensor tensor) => tensor.to_type(ScalarType.Float64);

    // Channels last in memory.
    private static Tensor Images(long count, long channels, long height, long width) => randn(count, height, width, channels).permute(0, 3, 1, 2);
}
