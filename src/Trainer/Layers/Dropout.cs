using Trainyard.Specs.Spec;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>
/// Inverted dropout (Srivastava et al., 2014): while training a value is 0 with probability rate, else divided by 1 - rate. It draws from the
/// engine's default generator, which the loop seeds before each step.
/// </summary>
internal sealed class Dropout(string name, DropoutLayer settings) : Layer(name)
{
    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => functional.dropout(input, settings.Rate, mode == Mode.Train);
}
