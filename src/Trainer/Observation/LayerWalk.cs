using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Observation;

/// <summary>A forward pass that shows each layer's output on the way, in the order of the layer table: layers within a residual layer before it.</summary>
internal static class LayerWalk
{
    /// <summary>Every layer in the order of the layer table.</summary>
    public static IEnumerable<Layer> Order(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer is Residual residual ? Order(residual.Layers).Append(layer) : [layer]);

    /// <summary>The output of the last layer; computes exactly what the layers' own forward passes compute.</summary>
    /// <param name="layers">Layers in the order of the forward pass.</param>
    /// <param name="input">[N, ...].</param>
    /// <param name="mode">What the pass is for.</param>
    /// <param name="visit">Called with each layer and its output.</param>
    public static Tensor Pass(IReadOnlyList<Layer> layers, Tensor input, Mode mode, Action<Layer, Tensor> visit)
    {
        var values = input;
        foreach (var layer in layers)
        {
            values = layer is Residual residual ? Pass(residual.Layers, values, mode, visit).add(values) : layer.Forward(values, mode);
            visit(layer, values);
        }

        return values;
    }
}
