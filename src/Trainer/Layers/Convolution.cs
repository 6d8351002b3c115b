using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>
/// 2-D convolution, [N, C, H, W] to [N, filters, H', W']. The filters are stored with channels last, like the images, so that the engine's
/// convolution needs no reordering (measured in bench/trainer/README.md).
/// </summary>
internal sealed class Convolution : Layer, IWeighted
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly int skip;
    private readonly long[] stride;
    private readonly long[] padding;
    private readonly long[] dilation;
    private readonly NumberFormats formats;

    /// <summary>Makes the layer with first weights; the bias starts at 0.</summary>
    public Convolution(string name, ConvLayer settings, int channels, NumberFormats formats, torch.Device device, RandomStream random)
        : base(name)
    {
        this.formats = formats;
        Initialization = settings.Initialization;
        // A filter of one pixel that steps over some sees only the others, so they are picked first. oneDNN 2.6, which the system's libtorch computes with,
        // writes out of bounds in the weight gradient of such a convolution with channels last: it crashes or never returns.
        skip = settings.Kernel == 1 && settings.Padding == 0 ? settings.Stride : 1;
        stride = [settings.Stride / skip, settings.Stride / skip];
        padding = [settings.Padding, settings.Padding];
        dilation = [settings.Dilation, settings.Dilation];

        var positions = settings.Kernel * settings.Kernel;
        var values = new float[settings.Filters * channels * positions];
        InitializerFactory.Create(settings.Initialization).Fill(values, new Fan(channels * positions, settings.Filters * positions), random);
        weight = AddParameter(
            "weight",
            tensor(values, [settings.Filters, settings.Kernel, settings.Kernel, channels], formats.Weights, device).permute(0, 3, 1, 2),
            decays: true);
        bias = settings.Bias ? AddParameter("bias", zeros(settings.Filters, dtype: formats.Weights, device: device), decays: false) : null;
    }

    /// <inheritdoc/>
    public Tensor Weight => weight;

    /// <inheritdoc/>
    public TechniqueChoice Initialization { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => functional.conv2d(
        Cast(skip > 1 ? Skip(input) : input, formats.Products),
        Cast(weight, formats.Products),
        bias is null ? null : Cast(bias, formats.Products),
        stride,
        padding,
        dilation);

    private Tensor Skip(Tensor input) => input.slice(2, 0, input.shape[2], skip).slice(3, 0, input.shape[3], skip);
}
