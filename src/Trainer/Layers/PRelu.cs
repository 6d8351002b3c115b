using TorchSharp.Modules;
using Trainyard.Specs.Catalog;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>x where positive, s x elsewhere, with s trained per channel or per layer (He, Zhang, Ren, Sun, 2015; torch.nn.PReLU).</summary>
internal sealed class PRelu : Module<Tensor, Tensor>
{
    private readonly Parameter slope;

    public PRelu(TechniqueChoice settings, int channels, NumberFormats formats, torch.Device device)
        : base(nameof(PRelu))
    {
        var count = settings.Flag("perChannel") ? channels : 1;
        slope = new Parameter(full(count, settings.Number("slope"), dtype: formats.Weights, device: device));
        register_parameter(nameof(slope), slope);
    }

    public override Tensor forward(Tensor input) => functional.prelu(input, slope.to_type(input.dtype));
}
