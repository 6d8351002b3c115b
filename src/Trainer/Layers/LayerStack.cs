using Trainyard.Specs.Planning;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Layers one after the other. Each is registered under the last part of its name in the layer table, so that the full name of a parameter begins with the name
// of its layer, as in residual1.conv2.weight. Unlike nn.Sequential, it keeps intermediate outputs, which forward hooks may hold.
internal abstract class LayerStack : Module<Tensor, Tensor>
{
    private readonly List<Module<Tensor, Tensor>> layers = [];
    private readonly FusedLayers?[] fused;

    protected LayerStack(string name, IReadOnlyList<PlannedLayer> plan, LayerFactory factory)
        : base(name)
    {
        foreach (var planned in plan)
        {
            var layer = factory.Create(planned);
            add_module(planned.Name[(planned.Name.LastIndexOf('.') + 1)..], layer);
            layers.Add(layer);
        }

        fused = [.. Enumerable.Range(0, layers.Count).Select(position => FusedLayers.From(plan, layers, position))];
    }

    public IReadOnlyList<Module<Tensor, Tensor>> Layers => layers;

    public override Tensor forward(Tensor input)
    {
        for (var position = 0; position < layers.Count;)
        {
            if (fused[position] is { } several && several.Takes(input))
            {
                input = several.Forward(input);
                position += several.Count;
            }
            else
            {
                input = layers[position++].call(input);
            }
        }

        return input;
    }
}
