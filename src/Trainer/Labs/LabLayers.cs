using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Labs;

/// <summary>Single layers, planned and built as those of a network.</summary>
internal static class LabLayers
{
    // input: Shape of one sample. formats: By default float64.
    public static (PlannedLayer Plan, Module<Tensor, Tensor> Layer) Build(LayerSpec layer, IReadOnlyList<int> input, int seed, NumberFormats? formats = null)
    {
        var model = new ModelSpec
        {
            Kind = ModelKind.Layers,
            Preset = null,
            Layers = [layer],
            Blocks = [],
            GlobalPool = GlobalPool.None,
            Dense = [],
            Activation = TechniqueCatalog.Default(TechniqueKind.Activation, "relu"),
            Initialization = TechniqueCatalog.Default(TechniqueKind.Initialization, "lecun"),
            BatchNorm = null,
            Dropout = new DropoutSpec { Conv = 0, Dense = 0 },
        };
        // The planner adds an output layer, which is not built.
        var plan = ModelPlanner.Plan(model, new DatasetShape { Input = input, ClassNames = ["0", "1"], TrainSamples = 10, TestSamples = 10 });
        return (plan.Layers[0], new LayerFactory(formats ?? NumberFormats.Float64, CPU, new RunSeed(seed)).Create(plan.Layers[0]));
    }
}
