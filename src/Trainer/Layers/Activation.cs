using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Layers;

/// <summary>A non-linearity, element by element.</summary>
internal sealed class Activation(string name, ActivationLayer settings) : Layer(name)
{
    private readonly Func<Tensor, Tensor> function = ActivationFunctions.Create(settings.Activation);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => function(input);
}
