using Trainyard.Specs.Spec;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>Maximum or mean over all positions: [N, C, H, W] to [N, C]. Of equal maxima, each gets an equal share of the gradient.</summary>
internal sealed class GlobalPooling(GlobalPool pool) : Module<Tensor, Tensor>(nameof(GlobalPooling))
{
    private static readonly long[] Positions = [2, 3];

    public override Tensor forward(Tensor input) => pool == GlobalPool.Max ? input.amax(Positions) : input.mean(Positions);
}
