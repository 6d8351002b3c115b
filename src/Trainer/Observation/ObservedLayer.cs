using TorchSharp.Modules;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Observation;

/// <summary>A layer with its place in the layer table.</summary>
internal sealed record ObservedLayer
{
    /// <summary>The most layers that are observed: of a deeper network evenly spaced ones, the first and the output among them. Keeps events below 1 MB.</summary>
    public const int Most = 256;

    public required int Index { get; init; }

    public required string Name { get; init; }
    public required string Kind { get; init; }

    public required Module<Tensor, Tensor> Module { get; init; }

    /// <summary>Where its output is close to a bound; null: it has no two bounds.</summary>
    public required SaturationRange? Saturation { get; init; }

    /// <summary>Whether its output is cut off at 0, so that a unit that never exceeds it gets no gradient.</summary>
    public required bool CutsAtZero { get; init; }

    /// <summary>Its own parameters; none for a residual layer, whose inner layers have rows of their own.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Module.parameters(recurse: false)];

    /// <summary>The weight matrix or filters of a dense layer or convolution; null for other layers.</summary>
    public Parameter? Weight => Module.get_parameter("weight");

    /// <summary>The tensors that count as its weights: without the bias where there is one.</summary>
    public IReadOnlyList<Tensor> Weights => Weight is { } weight ? [weight] : Parameters;

    /// <summary>The layers of a network whose outputs are statistics of their own; flattening and dropout only pass values on.</summary>
    public static IReadOnlyList<ObservedLayer> From(ModelPlan plan, Network network)
    {
        var modules = network.named_modules().ToDictionary(named => named.name, named => (Module<Tensor, Tensor>)named.module);
        ObservedLayer[] all =
        [
            .. plan.AllLayers.Select((row, index) => new ObservedLayer
            {
                Index = index,
                Name = row.Name,
                Kind = row.Layer.Kind,
                Module = modules[row.Name],
                Saturation = SaturationRange.From(row.Layer),
                CutsAtZero = row.Layer is ActivationLayer { Activation.Name: "relu" },
            }).Where(layer => layer.Kind is not ("flatten" or "dropout")),
        ];
        return all.Length <= Most ? all : [.. Enumerable.Range(0, Most).Select(position => all[(int)((long)position * (all.Length - 1) / (Most - 1))])];
    }

    /// <summary>A forward pass that shows each layer with its output; computes exactly what the pass computes unobserved.</summary>
    public static Tensor Forward(Network network, Tensor input, IEnumerable<ObservedLayer> layers, Action<ObservedLayer, Tensor> observer)
    {
        var observed = layers.ToDictionary(layer => layer.Module);
        return network.Observed(input, (module, output) =>
        {
            if (observed.TryGetValue(module, out var layer))
            {
                observer(layer, output);
            }
        });
    }
}
