using Trainyard.Specs.Planning;
using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Layers from a position of a stack on that kernels compute at once, on a processor: in training steps, and in inference mode for evaluations. The layers one after the other,
// as without gradients outside of inference mode, compute the same values within rounding.
internal abstract class FusedLayers
{
    /// <summary>Those from each position on; null where the layer is always called by itself.</summary>
    public static FusedLayers?[] Of(IReadOnlyList<PlannedLayer> plan, IReadOnlyList<Module<Tensor, Tensor>> layers)
    {
        var fused = new FusedLayers?[layers.Count];
        if (KernelSwitch.IsOn)
        {
            FusedDense.AddTo(fused, plan, layers);
            FusedBatchNorm.AddTo(fused, plan, layers);
        }

        return fused;
    }

    /// <summary>How many of the layers are computed at once of this input; 0: each is called by itself.</summary>
    public abstract int CountOf(Tensor input);

    // count: From CountOf. observer: Gets the number of a layer, from 0, with its output, where there is one; outputs are the same, to the last bit, as without an observer.
    public abstract Tensor Forward(Tensor input, int count, Action<int, Tensor>? observer);
}
