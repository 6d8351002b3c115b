using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Observation;

/// <summary>A layer with its place in the layer table.</summary>
internal sealed record ObservedLayer
{
    /// <summary>The most layers that are looked at: of a deeper network evenly spaced ones, the first and the output among them. Keeps events below 1 MB.</summary>
    public const int Most = 256;

    /// <summary>Index of the row, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Kind as in the layer table.</summary>
    public required string Kind { get; init; }

    /// <summary>The layer.</summary>
    public required Layer Layer { get; init; }

    /// <summary>Where its output is close to a bound; null: it has no two bounds.</summary>
    public required SaturationRange? Saturation { get; init; }

    /// <summary>Whether its output is cut off at 0, so that a unit that never exceeds it learns nothing.</summary>
    public required bool CutsAtZero { get; init; }

    /// <summary>Its learned tensors; none for a residual layer, whose inner layers have rows of their own.</summary>
    public IReadOnlyList<Parameter> Parameters => Layer is Residual ? [] : Layer.Parameters;

    /// <summary>The tensors that count as its weights: without the bias where there is one.</summary>
    public IReadOnlyList<Tensor> Weights => Layer is IWeighted weighted ? [weighted.Weight] : [.. Parameters.Select(parameter => parameter.Tensor)];

    /// <summary>The layers of a network that are worth looking at; flattening and dropout only pass values on.</summary>
    public static IReadOnlyList<ObservedLayer> Of(ModelPlan plan, IEnumerable<Layer> layers)
    {
        ObservedLayer[] all = [.. All(plan, layers)];
        return all.Length <= Most ? all : [.. Enumerable.Range(0, Most).Select(position => all[(int)((long)position * (all.Length - 1) / (Most - 1))])];
    }

    private static IEnumerable<ObservedLayer> All(ModelPlan plan, IEnumerable<Layer> layers) =>
        LayerWalk.Order(layers).Zip(plan.AllLayers).Select((pair, index) => new ObservedLayer
        {
            Index = index,
            Kind = pair.Second.Layer.Kind,
            Layer = pair.First,
            Saturation = SaturationRange.Of(pair.Second.Layer),
            CutsAtZero = pair.Second.Layer is ActivationLayer { Activation.Name: "relu" },
        }).Where(layer => layer.Kind is not ("flatten" or "dropout"));
}
