using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Layers;

/// <summary>
/// LSUV (Mishkin, Matas, 2016, algorithm 1): layer by layer, weights are divided by the standard deviation of the layer's output on a batch of data
/// until the variance is 1. Later layers see the outputs of the layers already scaled. Dropout is off, and batch norm passes its input on: its
/// running statistics are still mean 0 and variance 1, and they are not touched.
/// </summary>
internal static class LayerSequentialScaling
{
    /// <summary>Name of the technique in the catalog.</summary>
    public const string Technique = "lsuv";

    /// <summary>Whether a layer of the network, or one within it, asks for it.</summary>
    public static bool IsWanted(IEnumerable<Layer> layers) => layers.Any(layer => layer switch
    {
        Residual residual => IsWanted(residual.Layers),
        IWeighted weighted => weighted.Initialization.Name == Technique,
        _ => false,
    });

    /// <summary>Scales every layer whose initialization is LSUV.</summary>
    /// <param name="network">Just built, with orthonormal weights in those layers.</param>
    /// <param name="samples">Training samples as the network takes them, [n, ...]; some hundred are enough.</param>
    public static void Apply(Network network, Tensor samples)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Pass(network.Layers, samples);
    }

    private static Tensor Pass(IReadOnlyList<Layer> layers, Tensor values)
    {
        foreach (var layer in layers)
        {
            if (layer is Residual residual)
            {
                values = Pass(residual.Layers, values).add(values);
                continue;
            }

            if (layer is IWeighted { Initialization: { Name: Technique } settings } weighted)
            {
                Scale(layer, weighted.Weight, settings, values);
            }

            values = layer.Forward(values, Mode.Evaluate);
        }

        return values;
    }

    private static void Scale(Layer layer, Tensor weight, TechniqueChoice settings, Tensor input)
    {
        for (var iteration = 0; iteration < settings.Integer("iterations"); iteration++)
        {
            using var scope = NewDisposeScope();
            var variance = layer.Forward(input, Mode.Evaluate).to_type(ScalarType.Float64).var(unbiased: false).item<double>();  // waits for the device

            // An output that does not vary, or not in numbers, cannot be scaled.
            if (!double.IsFinite(variance) || variance <= 0 || Math.Abs(variance - 1) < settings.Number("tolerance"))
            {
                return;
            }

            weight.div_(Math.Sqrt(variance).ToScalar());
        }
    }
}
