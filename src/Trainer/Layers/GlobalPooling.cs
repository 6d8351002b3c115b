using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Layers;

/// <summary>Maximum or mean over all positions: [N, C, H, W] to [N, C]. Of equal maxima, each gets an equal share of the gradient.</summary>
internal sealed class GlobalPooling(string name, GlobalPoolLayer settings) : Layer(name)
{
    private static readonly long[] Positions = [2, 3];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => settings.Pool == GlobalPool.Max
        ? input.amax(Positions)
        : input.mean(Positions);
}
