using Trainyard.Specs.Planning;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// A network built from its plan: [N, C, H, W] with channels last in memory, or [N, F], to the logits [N, classes]. Parameters and buffers have the names of the
// layer table, as in conv1.weight.
internal sealed class Network : LayerStack
{
    // All layers, or all behind the one that makes rows of images, where they are one chain.
    private readonly FusedDense? whole;

    /// <summary>Builds the network with its initial weights.</summary>
    /// <exception cref="InvalidOperationException">A layer does not have the number of parameters in the plan.</exception>
    public static Network Build(ModelPlan plan, NumberFormats formats, torch.Device device, RunSeed seed)
    {
        using var scope = NewDisposeScope();
        var network = new Network(plan, new LayerFactory(formats, device, seed));
        foreach (var tensor in network.state_dict().Values)
        {
            tensor.DetachFromDisposeScope();  // from here on the modules own their tensors
        }

        return network;
    }

    private Network(ModelPlan plan, LayerFactory factory)
        : base(nameof(Network), plan.Layers, factory)
    {
        HasDropout = modules().Any(module => module is TorchSharp.Modules.Dropout);
        whole = Fused.OfType<FusedDense>().FirstOrDefault(dense => dense.IsWhole);
    }

    /// <summary>Whether a training step draws random numbers.</summary>
    public bool HasDropout { get; }

    /// <summary>The forward pass of a training step.</summary>
    public TrainingPass Pass(Tensor samples) =>
        whole?.Pass(whole == Fused[0] ? samples : Layers[0].call(samples)) ?? new GraphPass(call(samples));

    /// <summary>A forward pass that shows each layer of it and of its residual layers with its output.</summary>
    public Tensor Observed(Tensor input, Action<Module<Tensor, Tensor>, Tensor> observer)
    {
        LayerStack[] stacks = [this, .. modules().OfType<LayerStack>()];
        Set(observer);
        try
        {
            return call(input);
        }
        finally
        {
            Set(null);
        }

        void Set(Action<Module<Tensor, Tensor>, Tensor>? value) => Array.ForEach(stacks, stack => stack.Observer = value);
    }

    // The third mode beside train() and eval(), until the next call of either: batch norm normalizes with the statistics of the batch without recording them,
    // and dropout is off. The activations are those of training, without randomness and without side effects.
    public void observe()
    {
        eval();
        foreach (var norm in modules().OfType<BatchNorm>())
        {
            norm.observe();
        }
    }
}
