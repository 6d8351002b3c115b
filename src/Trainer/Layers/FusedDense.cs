using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>Small dense layers in float32, with the activations between and behind them.</summary>
internal sealed class FusedDense : FusedLayers
{
    private readonly ChainLayer[] layers;
    private readonly Tensor[][] parameters;
    private readonly DenseChain?[] ofCount;
    private readonly Lazy<DenseChain[]> single;

    private FusedDense(IEnumerable<(ChainLayer Kernel, Tensor[] Parameters)> layers, bool isWhole)
    {
        IsWhole = isWhole;
        (this.layers, parameters) = ([.. layers.Select(layer => layer.Kernel)], [.. layers.Select(layer => layer.Parameters)]);
        ofCount = new DenseChain?[this.layers.Length + 1];
        single = new Lazy<DenseChain[]>(() => [.. this.layers.Select(layer => new DenseChain([layer]))]);
    }

    /// <summary>Whether the stack has no other layers, but for one that makes rows of images.</summary>
    public bool IsWhole { get; }

    public static void AddTo(FusedLayers?[] fused, IReadOnlyList<PlannedLayer> plan, IReadOnlyList<Module<Tensor, Tensor>> layers)
    {
        // From each position on, up to the first layer that has no kernel.
        var following = new List<(ChainLayer Kernel, Tensor[] Parameters)>();
        for (var position = layers.Count - 1; position >= 0; position--)
        {
            if (layers[position] is not Dense { IsFloat32: false } && Kernel(plan[position]) is { } kernel)
            {
                following.Insert(0, (kernel, [.. layers[position].parameters()]));
                fused[position] = new FusedDense(following, following.Count == layers.Count - FirstOf(plan));
            }
            else
            {
                following.Clear();
            }
        }
    }

    /// <summary>Whether the layers of a network in float32 are all computed at once, but for one that makes rows of images.</summary>
    public static bool Covers(ModelPlan plan, int batchSize) =>
        plan.Layers.Skip(FirstOf(plan.Layers)).All(planned => Kernel(planned) is { } kernel && DenseChain.Pays(kernel, batchSize));

    // As many as pay. In torch's graph, the node of a chain costs as much as about two dense layers do there.
    public override int CountOf(Tensor input)
    {
        if (!(is_grad_enabled() || is_inference_mode_enabled()) || !DenseChain.Takes(input))
        {
            return 0;
        }

        var rows = input.shape[0];
        var count = 0;
        while (count < layers.Length && DenseChain.Pays(layers[count], rows))
        {
            count++;
        }

        var dense = layers.Take(count).Count(layer => layer is ChainDense);
        return dense > 1 || (dense == 1 && (is_inference_mode_enabled() || (IsWhole && count == layers.Length))) ? count : 0;
    }

    public override Tensor Forward(Tensor input, int count, Action<int, Tensor>? observer)
    {
        if (observer is null)
        {
            return Chain(count).Forward(input, parameters[..count]);
        }

        for (var index = 0; index < count; index++)
        {
            input = single.Value[index].Forward(input, [parameters[index]]);
            observer(index, input);
        }

        return input;
    }

    /// <summary>A training step's pass through all of the layers; null: they do not all pay.</summary>
    public TrainingPass? Pass(Tensor input) => CountOf(input) == layers.Length ? new ChainPass(Chain(layers.Length), parameters, input) : null;

    private DenseChain Chain(int count) => ofCount[count] ??= new DenseChain(layers.Take(count));

    // Images become rows in a layer of their own.
    private static int FirstOf(IReadOnlyList<PlannedLayer> plan) => plan[0].Layer is FlattenLayer ? 1 : 0;

    private static ChainLayer? Kernel(PlannedLayer planned) => planned switch
    {
        { Layer: DenseLayer settings, Input: [var inputs] } => new ChainDense(inputs, settings.Units),
        { Layer: ActivationLayer settings, Input: [var values] } => KernelFactory.Chain(settings.Activation, values),
        _ => null,
    };
}
