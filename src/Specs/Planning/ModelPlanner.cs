using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>Expands model settings to layers and infers every shape and cost.</summary>
public static class ModelPlanner
{
    /// <summary>Plans the network of a valid spec.</summary>
    /// <exception cref="ArgumentException">The layers do not fit; those of a spec from <see cref="Validation.SpecReader"/> always do.</exception>
    public static ModelPlan Plan(ExperimentSpec spec) => Plan(spec.Model, DatasetShape.OfInput(spec.Data));

    /// <summary>Plans a network for samples of the given shape.</summary>
    /// <exception cref="ArgumentException">The layers do not fit.</exception>
    public static ModelPlan Plan(ModelSpec model, DatasetShape data)
    {
        var attempt = TryPlan(model, data);
        return attempt.IsComplete ? attempt.Plan : throw new ArgumentException($"{attempt.Problem.Pointer}: {attempt.Problem.Message}", nameof(model));
    }

    /// <summary>Whether two models have different layers. A setting that makes no difference has no effect.</summary>
    public static bool Differ(ModelSpec one, ModelSpec other, DatasetShape data)
    {
        return TryPlan(one, data) is not { IsComplete: true } first || TryPlan(other, data) is not { IsComplete: true } second
            || !Layers(first.Plan).SequenceEqual(Layers(second.Plan));

        // The layers of a residual layer are compared one by one: a record compares its list by reference.
        static IEnumerable<LayerSpec?> Layers(ModelPlan plan) => plan.AllLayers.Select(planned => planned.Layer is ResidualLayer ? null : planned.Layer);
    }

    /// <summary>Plans a network up to the first layer that does not fit.</summary>
    internal static PlanAttempt TryPlan(ModelSpec model, DatasetShape data)
    {
        var layers = new LayerSequence(data.Input);
        var settings = model.Preset is null ? model : ModelPresets.Expand(model);
        string Pointer(string member) => model.Preset is null ? $"/model/{member}" : "/model/preset";

        for (var index = 0; index < settings.Layers.Count; index++)
        {
            layers.Add(settings.Layers[index], Pointer($"layers/{index}"));
        }

        for (var index = 0; index < settings.Blocks.Count; index++)
        {
            AddBlock(layers, settings, settings.Blocks[index], Pointer($"blocks/{index}"));
        }

        if (settings.Blocks.Count > 0)
        {
            layers.Add(settings.GlobalPool == GlobalPool.None ? new FlattenLayer() : new GlobalPoolLayer { Pool = settings.GlobalPool }, "/model/globalPool");
        }

        for (var index = 0; index < settings.Dense.Count; index++)
        {
            layers.AddFlatten(Pointer($"dense/{index}"));
            layers.AddAll(HiddenLayer.Dense(settings, settings.Dense[index]), Pointer($"dense/{index}"));
            layers.AddDropout(settings.Dropout.Dense, Pointer($"dense/{index}"));
        }

        layers.AddFlatten("/model");
        layers.Add(new DenseLayer { Units = data.Classes, Bias = true, Initialization = model.Initialization }, "/model", "output");
        return new PlanAttempt
        {
            Plan = new ModelPlan { Input = data.Input, Classes = data.Classes, Layers = layers.Layers },
            Broken = layers.Broken,
            Problem = layers.Problem,
        };
    }

    private static void AddBlock(LayerSequence layers, ModelSpec model, ConvBlockSpec block, string pointer)
    {
        for (var conv = 0; conv < block.Convolutions; conv++)
        {
            var padding = block.Padding ?? (block.Kernel - 1) / 2;
            layers.AddAll(
                HiddenLayer.Conv(model, block.Filters, block.Kernel, conv == 0 ? block.Stride : 1, padding, block.Activation, block.Initialization), pointer);
        }

        if (block.Pool != PoolKind.None)
        {
            layers.Add(new PoolLayer { Pool = block.Pool, Size = block.PoolSize }, pointer);
        }

        layers.AddDropout(model.Dropout.Conv, pointer);
    }
}
