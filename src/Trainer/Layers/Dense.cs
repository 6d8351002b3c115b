using TorchSharp.Modules;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>Fully connected layer, [N, features] to [N, units]: x W^T + b, with W [units, features]; b starts at 0.</summary>
internal sealed class Dense : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly NumberFormats formats;

    public Dense(DenseLayer settings, int features, NumberFormats formats, torch.Device device, RandomStream random)
        : base(nameof(Dense))
    {
        this.formats = formats;
        var values = new float[settings.Units * features];
        InitializerFactory.Create(settings.Initialization).Fill(values, new Fan(features, settings.Units), random);
        weight = new Parameter(tensor(values, [settings.Units, features], formats.Weights, device));
        register_parameter(nameof(weight), weight);
        if (settings.Bias)
        {
            bias = new Parameter(zeros(settings.Units, dtype: formats.Weights, device: device));
            register_parameter(nameof(bias), bias);
        }
    }

    /// <summary>Whether it computes in float32.</summary>
    public bool IsFloat32 => formats == NumberFormats.Float32;

    public override Tensor forward(Tensor input) =>
        functional.linear(formats.ForProducts(input), formats.ForProducts(weight), bias is null ? null : formats.ForProducts(bias));
}
