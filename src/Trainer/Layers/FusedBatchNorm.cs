using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>Batch norm with the layers behind it that a kernel computes in the same passes: the activation, and 2 x 2 max pooling. There are no outputs in between to observe.</summary>
internal sealed class FusedBatchNorm : FusedLayers
{
    private readonly BatchNorm norm;
    private readonly BatchNormActivation kernel;
    private readonly int count;

    private FusedBatchNorm(BatchNorm norm, BatchNormActivation kernel, int count)
    {
        this.norm = norm;
        this.kernel = kernel;
        this.count = count;
    }

    public static void AddTo(FusedLayers?[] fused, IReadOnlyList<PlannedLayer> plan, IReadOnlyList<Module<Tensor, Tensor>> layers)
    {
        for (var position = 0; position < layers.Count; position++)
        {
            if (layers[position] is BatchNorm norm)
            {
                fused[position] = Of(norm, plan, position);
            }
        }
    }

    private static FusedBatchNorm Of(BatchNorm norm, IReadOnlyList<PlannedLayer> plan, int position)
    {
        var activation = Layer(position + 1) is ActivationLayer next && KernelFactory.BatchNorm(next.Activation, pools: false) is not null ? next.Activation : null;
        var pooling = position + (activation is null ? 1 : 2);
        var pools = Layer(pooling) is PoolLayer { Pool: PoolKind.Max, Size: 2 } && BatchNormActivation.Pools(plan[position].Input);
        return new FusedBatchNorm(norm, KernelFactory.BatchNorm(activation, pools)!, (pools ? pooling + 1 : pooling) - position);

        LayerSpec? Layer(int index) => index < plan.Count ? plan[index].Layer : null;
    }

    public override int CountOf(Tensor input) => BatchNormActivation.Takes(input)
        && (norm.UsesBatch(input) ? is_grad_enabled() && kernel.Pays(input) : is_inference_mode_enabled() && BatchNormActivation.PaysInInference(input)) ? count : 0;

    public override Tensor Forward(Tensor input, int count, Action<int, Tensor>? observer) => norm.Forward(input, kernel);
}
