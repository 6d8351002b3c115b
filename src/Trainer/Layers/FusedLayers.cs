using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Batch norm with the layers behind it that a kernel computes in the same passes: the activation, and 2 x 2 max pooling. Used on a processor for training steps, and
// in inference mode for evaluations; otherwise, and where somebody looks at each layer's output, the layers compute one after the other, to the same values
// within rounding.
internal sealed class FusedLayers
{
    /// <summary>With the value <c>off</c>, layers are never fused, and torch's operations compute the loss: for measurements (bench/kernels/README.md).</summary>
    public const string Switch = "TRAINYARD_KERNELS";

    private readonly BatchNorm norm;
    private readonly BatchNormActivation kernel;

    private FusedLayers(BatchNorm norm, BatchNormActivation kernel, int count)
    {
        this.norm = norm;
        this.kernel = kernel;
        Count = count;
    }

    /// <summary>Layers that are computed at once.</summary>
    public int Count { get; }

    /// <summary>The layers from a position on; null: there is no batch norm.</summary>
    public static FusedLayers? From(IReadOnlyList<PlannedLayer> plan, IReadOnlyList<Module<Tensor, Tensor>> layers, int position)
    {
        if (layers[position] is not BatchNorm norm || Environment.GetEnvironmentVariable(Switch) == "off")
        {
            return null;
        }

        var count = 1;
        var activation = Layer(position + count) is ActivationLayer next && KernelFactory.Create(next.Activation, pools: false) is not null ? next.Activation : null;
        count += activation is null ? 0 : 1;
        var pools = Layer(position + count) is PoolLayer { Pool: PoolKind.Max, Size: 2 } && BatchNormActivation.Pools(plan[position].Input);
        count += pools ? 1 : 0;
        return new FusedLayers(norm, KernelFactory.Create(activation, pools)!, count);

        LayerSpec? Layer(int index) => index < plan.Count ? plan[index].Layer : null;
    }

    public bool Takes(Tensor input) => BatchNormActivation.Takes(input)
        && (norm.UsesBatch(input) ? is_grad_enabled() && kernel.Pays(input) : is_inference_mode_enabled() && BatchNormActivation.PaysInInference(input));

    public Tensor Forward(Tensor input) => norm.Forward(input, kernel);
}
