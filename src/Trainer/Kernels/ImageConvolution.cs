using Trainyard.Trainer.Kernels.Winograd;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Kernels;

/// <summary>Convolution of images [N, C, H, W], channels last in memory, with filters [F, C, kernel, kernel]; the lengths are in pixels.</summary>
internal sealed record ImageConvolution(int Kernel, int Stride, int Padding, int Dilation)
{
    private long[] Strides => [Stride, Stride];
    private long[] Paddings => [Padding, Padding];
    private long[] Dilations => [Dilation, Dilation];

    /// <summary>Differentiable; the factors have one number format.</summary>
    // bias: [F].
    public Tensor Apply(Tensor images, Tensor filters, Tensor? bias) => is_grad_enabled() && (ByWinograd(images, filters) is not null || GradientPaysAsProduct(images))
        ? GraphMemory.Apply(() => ConvolutionFunction.apply(images, filters, bias!, this))
        : Convolve(images, filters, bias);

    public Tensor Convolve(Tensor images, Tensor filters, Tensor? bias) =>
        ByWinograd(images, filters)?.Forward(images, filters, bias, Padding) ?? functional.conv2d(images, filters, bias, Strides, Paddings, Dilations);

    // The convolution's transpose: each value of the gradient, times the filter, onto the pixels that it came from. The rest is rows and columns of the images at the end that no
    // filter has reached.
    public Tensor ImageGradient(Tensor images, Tensor filters, Tensor gradient) =>
        ByWinograd(images, filters)?.ImageGradient(gradient, filters, Padding)
        ?? functional.conv_transpose2d(gradient, filters, null, Strides, Paddings, [Travel(images.shape[2]) % Stride, Travel(images.shape[3]) % Stride], Dilations);

    public Tensor FilterGradient(Tensor images, Tensor filters, Tensor gradient) =>
        ByWinograd(images, filters)?.FilterGradient(images, gradient, Padding) ?? FilterGradientAsProduct(images, gradient);

    // gradient^T [F, N H' W'] times patches [N H' W', kernel kernel C].
    internal Tensor FilterGradientAsProduct(Tensor images, Tensor gradient)
    {
        using var memory = TensorRows.Of(gradient);
        using var rows = memory.reshape(-1, memory.shape[3]);
        using var columns = rows.t();
        using var patches = Patches(images, memory.shape[1], memory.shape[2]);
        using var product = columns.mm(patches);
        return product.reshape(memory.shape[3], Kernel, Kernel, images.shape[1]).permute(0, 3, 1, 2);
    }

    // Null: the library's convolution is faster, or there is no other.
    private WinogradConvolution? ByWinograd(Tensor images, Tensor filters) => this is { Kernel: MinimalFilter.Taps, Stride: 1, Dilation: 1, Padding: < MinimalFilter.Taps }
        ? WinogradConvolution.WherePays(images, filters, Padding)
        : null;

    // oneDNN computes the filters' gradient along the rows of an image, and short rows fill few lanes of the processor's tiles. For few values, calls cost more
    // than what is saved. Measured in bench/kernels/README.md.
    internal bool GradientPaysAsProduct(Tensor images)
    {
        var pixels = Positions(images.shape[2]) * Positions(images.shape[3]);
        var patches = images.shape[0] * pixels * Kernel * Kernel * images.shape[1];
        return Processor.MultipliesTiles
            && images.device_type == DeviceType.CPU
            && images.dtype == ScalarType.BFloat16
            && Kernel > 1
            && pixels <= 16
            && patches >= 1 << 16;
    }

    private long Positions(long side) => (Travel(side) / Stride) + 1;

    // How far a filter can move along a side.
    private long Travel(long side) => side + (2 * Padding) - (Dilation * (Kernel - 1)) - 1;

    // What the filters see at each position: [N height width, kernel kernel C].
    private Tensor Patches(Tensor images, long height, long width)
    {
        using var padded = functional.pad(images, [Padding, Padding, Padding, Padding]);
        using var memory = TensorRows.Of(padded);
        var (count, row, pixel) = (memory.shape[0], memory.shape[2] * memory.shape[3], memory.shape[3]);
        using var windows = memory.as_strided(
            [count, height, width, Kernel, Kernel, pixel],
            [memory.shape[1] * row, Stride * row, Stride * pixel, Dilation * row, Dilation * pixel, 1]);
        return windows.reshape(count * height * width, Kernel * Kernel * pixel);
    }
}
