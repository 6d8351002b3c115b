using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Inspection;

/// <summary>Which layer gets the output of which. The branch of a residual layer and the layer itself get the same.</summary>
internal sealed class LayerOrder
{
    /// <summary>The name of the input, where the network begins.</summary>
    public const string Input = "input";

    private readonly Dictionary<string, string> sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedLayer> followers = new(StringComparer.Ordinal);

    public LayerOrder(ModelPlan plan) => Add(plan.Layers, Input);

    /// <summary>The layer whose output a layer gets, or <see cref="Input"/>.</summary>
    public string SourceOf(PlannedLayer layer) => sources[layer.Name];

    /// <summary>The layers after a layer that take each value by itself, up to the first that does not.</summary>
    public IEnumerable<PlannedLayer> ElementwiseAfter(string layer)
    {
        while (followers.TryGetValue(layer, out var next) && IsElementwise(next))
        {
            yield return next;
            layer = next.Name;
        }
    }

    // Maxout takes several channels.
    private static bool IsElementwise(PlannedLayer planned) =>
        planned.Layer is BatchNormLayer or DropoutLayer || (planned.Layer is ActivationLayer && planned.Input.SequenceEqual(planned.Output));

    private void Add(IReadOnlyList<PlannedLayer> layers, string source)
    {
        foreach (var layer in layers)
        {
            Add(layer.Inner, source);
            sources[layer.Name] = source;
            source = layer.Name;
        }

        foreach (var (layer, next) in layers.Zip(layers.Skip(1)))
        {
            followers[layer.Name] = next;
        }
    }
}
