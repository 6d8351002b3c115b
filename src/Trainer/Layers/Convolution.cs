using TorchSharp.Modules;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// 2-D convolution, [N, C, H, W] to [N, filters, H', W']; the bias starts at 0. The filters are stored with channels last, like the images, so that the engine's
// convolution needs no reordering (measured in bench/trainer/README.md).
internal sealed class Convolution : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly int skip;
    private readonly ImageConvolution convolution;
    private readonly NumberFormats formats;

    public Convolution(ConvLayer settings, int channels, NumberFormats formats, torch.Device device, RandomStream random)
        : base(nameof(Convolution))
    {
        this.formats = formats;
        // A filter of one pixel with a stride reads every n-th pixel only, so those are picked first: oneDNN writes out of bounds in the weight gradient of such a
        // convolution with channels last (libtorch 2.10; the heap is damaged, and a later allocation aborts).
        skip = settings.Kernel == 1 && settings.Padding == 0 ? settings.Stride : 1;
        convolution = new ImageConvolution(settings.Kernel, settings.Stride / skip, settings.Padding, settings.Dilation);

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

    public override Tensor forward(Tensor input) => convolution.Apply(
        formats.ForProducts(skip > 1 ? Skip(input) : input), formats.ForProducts(weight), bias is null ? null : formats.ForProducts(bias));

    private Tensor Skip(Tensor input) => input.slice(2, 0, input.shape[2], skip).slice(3, 0, input.shape[3], skip);
}
