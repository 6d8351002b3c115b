using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Single layers as the trainer builds them from a plan.</summary>
internal static class TestLayers
{
    /// <summary>A layer for samples of a shape: [C, H, W] or [F].</summary>
    public static Module<Tensor, Tensor> Build(LayerSpec layer, int[] input, NumberFormats? formats = null)
    {
        var model = new ModelSpec
        {
            Kind = ModelKind.Layers,
            Preset = null,
            Layers = [layer],
            Blocks = [],
            GlobalPool = GlobalPool.None,
            Dense = [],
            Activation = Default(TechniqueKind.Activation, "relu"),
            Initialization = Default(TechniqueKind.Initialization, "lecun"),
            BatchNorm = null,
            Dropout = new DropoutSpec { Conv = 0, Dense = 0 },
        };
        var plan = ModelPlanner.Plan(model, new DatasetShape { Input = input, ClassNames = ["0", "1"], TrainSamples = 10, TestSamples = 10 });
        return new LayerFactory(formats ?? NumberFormats.Float64, CPU, new RunSeed(1)).Create(plan.Layers[0]);
    }

    public static ActivationLayer Activation(string name) => new() { Activation = Default(TechniqueKind.Activation, name) };

    public static ConvLayer Conv(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, bool bias = true) => new()
    {
        Filters = filters,
        Kernel = kernel,
        Stride = stride,
        Padding = padding,
        Dilation = dilation,
        Bias = bias,
        Initialization = Default(TechniqueKind.Initialization, "lecun"),
    };

    public static TechniqueChoice Default(TechniqueKind kind, string name) => new(
        name, TechniqueCatalog.Find(kind, name)!.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default!.Value));
}
