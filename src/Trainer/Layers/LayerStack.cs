using Trainyard.Specs.Planning;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Layers one after the other. Each is registered under the last part of its name in the layer table, so that the full name of a parameter begins with the name
// of its layer, as in residual1.conv2.weight. Unlike nn.Sequential, it keeps intermediate outputs, which an observer may hold.
internal abstract class LayerStack : Module<Tensor, Tensor>
{
    private readonly List<Module<Tensor, Tensor>> layers = [];

    protected LayerStack(string name, IReadOnlyList<PlannedLayer> plan, LayerFactory factory)
        : base(name)
    {
        foreach (var planned in plan)
        {
            var layer = factory.Create(planned);
            add_module(planned.Name[(planned.Name.LastIndexOf('.') + 1)..], layer);
            layers.Add(layer);
        }

        Fused = FusedLayers.Of(plan, layers);
    }

    public IReadOnlyList<Module<Tensor, Tensor>> Layers => layers;

    /// <summary>Gets each layer with its output, but for those that a kernel computes without one; null for none. Changes no value.</summary>
    public Action<Module<Tensor, Tensor>, Tensor>? Observer { get; set; }

    /// <summary>The layers that kernels compute at once, from each position on.</summary>
    protected IReadOnlyList<FusedLayers?> Fused { get; }

    public override Tensor forward(Tensor input)
    {
        var value = input;
        for (var position = 0; position < layers.Count;)
        {
            var (start, count) = (position, Fused[position]?.CountOf(value) ?? 0);
            Tensor output;
            if (count > 0)
            {
                output = Fused[position]!.Forward(value, count, Observer is { } observer ? (index, output) => observer(layers[start + index], output) : null);
            }
            else
            {
                count = 1;
                output = layers[position].call(value);
                Observer?.Invoke(layers[position], output);
            }

            Release(value, input, output);
            value = output;
            position += count;
        }

        return value;
    }

    // Gives back a value within the pass that nobody needs any more but torch's graph, which has a reference of its own and frees it as the backward pass goes on.
    protected void Release(Tensor value, Tensor input, Tensor output)
    {
        if (Observer is null && !ReferenceEquals(value, input) && !ReferenceEquals(value, output))
        {
            value.Dispose();
        }
    }
}
