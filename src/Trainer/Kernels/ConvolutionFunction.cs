using static TorchSharp.torch.autograd;

namespace Trainyard.Trainer.Kernels;

/// <summary>Makes a convolution whose gradients are not torch's a part of its graph.</summary>
internal sealed class ConvolutionFunction : SingleTensorFunction<ConvolutionFunction>
{
    private const string Convolution = nameof(Convolution);
    private const string NeedsImages = nameof(NeedsImages);
    private const string HasBias = nameof(HasBias);

    public override string Name => nameof(ConvolutionFunction);

    // vars: images, filters, bias or null, and the convolution.
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (images, filters, bias, convolution) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2], (ImageConvolution)vars[3]);
        ctx.save_for_backward([images, filters]);
        ctx.save_data(Convolution, convolution);
        ctx.save_data(NeedsImages, images.requires_grad);
        ctx.save_data(HasBias, bias is not null);
        return convolution.Convolve(images, filters, bias);
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => GraphMemory.Backward(ctx, grad_output, saved =>
    {
        var (images, filters) = (saved[0], saved[1]);
        var convolution = (ImageConvolution)ctx.get_data(Convolution);
        var imageGradient = (bool)ctx.get_data(NeedsImages) ? convolution.ImageGradient(images, filters, grad_output) : null!;
        return [imageGradient, convolution.FilterGradient(images, filters, grad_output), (bool)ctx.get_data(HasBias) ? grad_output.sum([0, 2, 3]) : null!, null!];
    });
}
