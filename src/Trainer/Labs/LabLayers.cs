using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Labs;

/// <summary>Single layers, planned and built as those of a network, in float64.</summary>
internal static class LabLayers
{
    // input: Shape of one sample.
    public static (PlannedLayer Plan, Module<Tensor, Tensor> Layer) Build(LayerSpec layer, IReadOnlyList<int> input, int seed)
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
        // The planner adds an output layer, which is not built.
        var plan = ModelPlanner.Plan(model, new DatasetShape { Input = input, ClassNames = ["0", "1"], TrainSamples = 10, TestSamples = 10 });
        return (plan.Layers[0], new LayerFactory(NumberFormats.Float64, CPU, new RunSeed(seed)).Create(plan.Layers[0]));
    }

    public static TechniqueChoice Default(TechniqueKind kind, string name) => TechniqueCatalog.Default(kind, name);
}
