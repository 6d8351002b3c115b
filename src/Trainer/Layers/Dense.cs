using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>Fully connected layer, [N, features] to [N, units]: x W^T + b, with W [units, features].</summary>
internal sealed class Dense : Layer, IWeighted
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly NumberFormats formats;

    /// <summary>Makes the layer with first weights; the bias starts at 0.</summary>
    public Dense(string name, DenseLayer settings, int features, NumberFormats formats, torch.Device device, RandomStream random)
        : base(name)
    {
        this.formats = formats;
        Initialization = settings.Initialization;
        var values = new float[settings.Units * features];
        InitializerFactory.Create(settings.Initialization).Fill(values, new Fan(features, settings.Units), random);
        weight = AddParameter("weight", tensor(values, [settings.Units, features], formats.Weights, device), decays: true);
        bias = settings.Bias ? AddParameter("bias", zeros(settings.Units, dtype: formats.Weights, device: device), decays: false) : null;
    }

    /// <inheritdoc/>
    public Tensor Weight => weight;

    /// <inheritdoc/>
    public TechniqueChoice Initialization { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => functional.linear(
        Cast(input, formats.Products),
        Cast(weight, formats.Products),
        bias is null ? null : Cast(bias, formats.Products));
}
