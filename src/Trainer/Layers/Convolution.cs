using TorchSharp.Modules;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>
/// 2-D convolution, [N, C, H, W] to [N, filters, H', W']; the bias starts at 0. The filters are stored with channels last, like the images, so that the engine's
/// convolution needs no reordering (measured in bench/trainer/README.md).
/// </summary>
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long[] stride;
    private readonly long[] padding;
    private readonly long[] dilation;
    private readonly NumberFormats formats;

    public Convolution(ConvLayer settings, int channels, NumberFormats formats, torch.Device device, RandomStream random)
        : base(nameof(Convolution))
    {
        this.formats = formats;
        stride = [settings.Stride, settings.Stride];
        padding = [settings.Padding, settings.Padding];
        dilation = [settings.Dilation, settings.Dilation];

        var positions = settings.Kernel * settings.Kernel;
        var values = new float[settings.Filters * channels * positions];
        InitializerFactory.Create(settings.Initialization).Fill(values, new Fan(channels * positions, settings.Filters * positions), random);
        weight = new Parameter(
            tensor(values, [settings.Filters, settings.Kernel, settings.Kernel, channels], formats.Weights, device).permute(0, 3, 1, 2));
        register_parameter(nameof(weight), weight);
        if (settings.Bias)
        {
            bias = new Parameter(zeros(settings.Filters, dtype: formats.Weights, device: device));
            register_parameter(nameof(bias), bias);
        }
    }

    public override Tensor forward(Tensor input) => functional.conv2d(
        formats.ForProducts(input), formats.ForProducts(weight), bias is null ? null : formats.ForProducts(bias), stride, padding, dilation);
}
