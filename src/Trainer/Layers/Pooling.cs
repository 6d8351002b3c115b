using Trainyard.Specs.Spec;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>Maximum or mean over square windows that do not overlap: [N, C, H, W] to [N, C, H / size, W / size], rounded down.</summary>
internal sealed class Pooling(string name, PoolLayer settings) : Layer(name)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode) => settings.Pool == PoolKind.Max
        ? functional.max_pool2d(input, settings.Size)
        : functional.avg_pool2d(input, settings.Size);
}
