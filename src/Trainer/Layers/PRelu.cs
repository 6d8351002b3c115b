using Trainyard.Specs.Catalog;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>x where positive, s x elsewhere, with s learned per channel or per layer (He, Zhang, Ren, Sun, 2015; torch.nn.PReLU).</summary>
internal sealed class PRelu : Layer
{
    private readonly Tensor slope;

    /// <summary>Makes the layer; every slope starts at the setting.</summary>
    public PRelu(string name, TechniqueChoice settings, int channels, NumberFormats formats, torch.Device device)
        : base(name)
    {
        var count = settings.Flag("perChannel") ? channels : 1;
        slope = AddParameter("slope", full(count, settings.Number("slope").ToScalar(), dtype: formats.Weights, device: device), decays: false);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => functional.prelu(input, Cast(slope, input.dtype));
}
