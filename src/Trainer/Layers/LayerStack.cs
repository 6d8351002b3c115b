using Trainyard.Specs.Planning;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Layers one after the other. Each is registered under the last part of its name in the layer table, so that the full name of a parameter begins with the name
// of its layer, as in residual1.conv2.weight. Unlike nn.Sequential, it keeps intermediate outputs, which forward hooks may hold.
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
    }

    public IReadOnlyList<Module<Tensor, Tensor>> Layers => layers;

    public override Tensor forward(Tensor input)
    {
        foreach (var layer in layers)
        {
            input = layer.call(input);
        }

        return input;
    }
}
