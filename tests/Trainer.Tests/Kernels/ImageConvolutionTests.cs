using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Kernels;

/// <summary>The gradients of a convolution as it computes them itself, against those of torch.</summary>
public sealed class ImageConvolutionTests
{
    // Kernel, stride, padding, dilation, height and width. In some no filter reaches the last rows or columns.
    public static TheoryData<int, int, int, int, int, int> Geometries => new()
    {
        { 3, 1, 1, 1, 4, 4 }, { 3, 1, 0, 1, 4, 5 }, { 3, 2, 1, 1, 4, 4 }, { 3, 2, 0, 1, 6, 7 }, { 5, 1, 2, 1, 3, 3 }, { 2, 2, 0, 1, 5, 4 }, { 3, 1, 2, 2, 4, 4 }, { 2, 3, 1, 2, 7, 8 }, { 3, 1, 1, 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Gradients_OfEveryGeometry_AreTorchs(int kernel, int stride, int padding, int dilation, int height, int width)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var convolution = new ImageConvolution(kernel, stride, padding, dilation);
        foreach (var hasBias in (bool[])[true, false])
        {
            Tensor[] leaves = [Images(3, 5, height, width), Images(7, 5, kernel, kernel), randn(7, dtype: ScalarType.Float64)];
            var expected = Differentiate(leaves, (images, filters, bias) => functional.conv2d(
                images, filters, hasBias ? bias : null, strides: [stride, stride], padding: [padding, padding], dilation: [dilation, dilation]));
            var found = Differentiate(leaves, (images, filters, bias) => ConvolutionFunction.apply(images, filters, hasBias ? bias : null!, convolution));
            Assert.All(expected.Zip(found), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-12, atol: 1e-12)));
        }
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 32, 4, 3, 1, true)]
    [InlineData(ScalarType.BFloat16, 32, 8, 3, 2, true)]
    [InlineData(ScalarType.BFloat16, 32, 8, 3, 1, false)]
    [InlineData(ScalarType.BFloat16, 32, 4, 1, 1, false)]
    [InlineData(ScalarType.BFloat16, 2, 4, 3, 1, false)]
    [InlineData(ScalarType.Float32, 32, 4, 3, 1, false)]
    public void GradientPaysAsProduct_ProcessorWithTiles_TakesManySmallImages(ScalarType type, int count, int side, int kernel, int stride, bool expected)
    {
        using var images = zeros(count, 16, side, side, dtype: type);
        Assert.Equal(expected && Processor.MultipliesTiles, new ImageConvolution(kernel, stride, kernel / 2, 1).GradientPaysAsProduct(images));
    }

    [Fact]
    public void Gradients_InBfloat16_AreWithinItsRounding()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor[] leaves = [Images(32, 16, 4, 4), Images(24, 16, 3, 3), randn(24, dtype: ScalarType.Float64)];
        Tensor[] rounded = [.. leaves.Select(leaf => leaf.to_type(ScalarType.BFloat16))];
        Tensor[] exact = [.. rounded.Select(leaf => leaf.to_type(ScalarType.Float64))];
        var expected = Differentiate(exact, (images, filters, bias) => functional.conv2d(images, filters, bias, padding: [1, 1]));
        var found = Differentiate(rounded, (images, filters, bias) => ConvolutionFunction.apply(images, filters, bias, new ImageConvolution(3, 1, 1, 1)));
        Assert.All(expected.Zip(found), pair => Assert.True((pair.First - pair.Second).abs().max().item<double>() <= pair.First.abs().max().item<double>() / 256));
    }

    // Channels last in memory.
    private static Tensor Images(long count, long channels, long height, long width) =>
        randn(count, height, width, channels, dtype: ScalarType.Float64).permute(0, 3, 1, 2);

    // The output and the gradients of the leaves, in float64.
    private static List<Tensor> Differentiate(Tensor[] leaves, Func<Tensor, Tensor, Tensor, Tensor> function)
    {
        var own = leaves.Select(leaf => leaf.detach().requires_grad_()).ToArray();
        var output = function(own[0], own[1], own[2]);
        var ramp = arange(output.numel(), dtype: ScalarType.Float64).sin().to_type(ScalarType.BFloat16).reshape(output.shape).to_type(output.dtype);
        output.backward([ramp]);
        return [.. own.Select(leaf => leaf.grad).Prepend(output.detach()).OfType<Tensor>().Select(tensor => tensor.to_type(ScalarType.Float64))];
    }
}
