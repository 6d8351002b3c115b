using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// LSUV (Mishkin, Matas, 2016, algorithm 1): layer by layer, weights are divided by the standard deviation of the layer's output on a batch of data until the
// variance is 1. Later layers see the outputs of the layers already scaled. Dropout is off, and batch norm passes its input on: its running statistics are
// still mean 0 and variance 1, and they are not touched.
internal static class LayerSequentialScaling
{
    private const string Technique = "lsuv";

    public static bool IsUsed(ModelPlan plan) => plan.AllLayers.Any(row => Settings(row) is not null);

    // Scales every layer whose initialization is LSUV.
    // network: Just built, with orthonormal weights in those layers. samples: Training samples as the network takes them, [n, ...]; some hundred are enough.
    public static void Apply(Network network, ModelPlan plan, Tensor samples)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var layers = network.named_modules().ToDictionary(named => named.name, named => (Module<Tensor, Tensor>)named.module);
        var hooks = plan.AllLayers.Where(row => Settings(row) is not null).Select(row => layers[row.Name].register_forward_pre_hook((layer, input) =>
        {
            Scale(layer, Settings(row)!, input);
            return input;
        })).ToList();
        network.eval();
        network.call(samples);
        hooks.ForEach(hook => hook.remove());
    }

    private static TechniqueChoice? Settings(PlannedLayer row) => row.Layer switch
    {
        ConvLayer { Initialization: { Name: Technique } settings } => settings,
        DenseLayer { Initialization: { Name: Technique } settings } => settings,
        _ => null,
    };

    private static void Scale(Module<Tensor, Tensor> layer, TechniqueChoice settings, Tensor input)
    {
        for (var iteration = 0; iteration < settings.Integer("iterations"); iteration++)
        {
            using var scope = NewDisposeScope();
            // Not var: in TorchSharp 0.107 it is unbiased regardless of its argument. Waits for the device.
            var deviation = layer.forward(input).to_type(ScalarType.Float64).std(unbiased: false).item<double>();

            // An output that does not vary, or not in numbers, cannot be scaled.
            if (!double.IsFinite(deviation) || deviation <= 0 || Math.Abs((deviation * deviation) - 1) < settings.Number("tolerance"))
            {
                return;
            }

            layer.get_parameter("weight")!.div_(deviation);
        }
    }
}
