using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>Expands model settings to layers and infers every shape and cost.</summary>
public static class ModelPlanner
{
    /// <summary>Plans the network of a valid spec.</summary>
    /// <exception cref="ArgumentException">The layers do not fit; a spec from <see cref="Validation.SpecReader"/> always fits.</exception>
    public static ModelPlan Plan(ExperimentSpec spec) => Plan(spec.Model, DatasetShapes.Of(spec.Data.Dataset));

    /// <summary>Plans a network for samples of the given shape.</summary>
    /// <exception cref="ArgumentException">The layers do not fit.</exception>
    public static ModelPlan Plan(ModelSpec model, DatasetShape data)
    {
        var attempt = TryPlan(model, data);
        return attempt.IsWhole ? attempt.Plan : throw new ArgumentException($"{attempt.Problem.Pointer}: {attempt.Problem.Message}", nameof(model));
    }

    /// <summary>Whether two models are different networks. A setting that makes no difference is one that no layer listens to.</summary>
    public static bool Differ(ModelSpec one, ModelSpec other, DatasetShape data) =>
        TryPlan(one, data) is not { IsWhole: true } first || TryPlan(other, data) is not { IsWhole: true } second
            || !Leaves(first.Plan).SequenceEqual(Leaves(second.Plan));

    /// <summary>Plans a network as far as its layers fit, and says which one does not.</summary>
    internal static PlanAttempt TryPlan(ModelSpec model, DatasetShape data)
    {
        var layers = new LayerSequence(data.Input);
        var settings = model.Preset is null ? model : ModelPresets.Expand(model);
        for (var index = 0; index < settings.Layers.Count; index++)
        {
            layers.Add(settings.Layers[index], model.Preset is null ? $"/model/layers/{index}" : "/model/preset");
        }

        AddBlocks(layers, settings);
        AddDense(layers, settings);
        AddOutput(layers, model, data.Classes);
        return new PlanAttempt
        {
            Plan = new ModelPlan { Input = data.Input, Classes = data.Classes, Layers = layers.Layers },
            Broken = layers.Broken,
            Problem = layers.Problem,
        };
    }

    // A residual layer is its layers, which have rows of their own; lists of layers would be compared as objects.
    private static IEnumerable<LayerSpec?> Leaves(ModelPlan plan) => plan.Rows.Select(row => row.Layer is ResidualLayer ? null : row.Layer);

    private static void AddBlocks(LayerSequence layers, ModelSpec model)
    {
        for (var index = 0; index < model.Blocks.Count; index++)
        {
            AddBlock(layers, model, model.Blocks[index], model.Preset is null ? $"/model/blocks/{index}" : "/model/preset");
        }

        if (model.Blocks.Count > 0)
        {
            layers.Add(model.GlobalPool == GlobalPool.None ? new FlattenLayer() : new GlobalPoolLayer { Pool = model.GlobalPool }, "/model/globalPool");
        }
    }

    private static void AddBlock(LayerSequence layers, ModelSpec model, ConvBlockSpec block, string pointer)
    {
        var activation = block.Activation ?? model.Activation;
        for (var conv = 0; conv < block.Convolutions; conv++)
        {
            var layer = new ConvLayer
            {
                Filters = block.Filters * Pieces(activation),
                Kernel = block.Kernel,
                Stride = conv == 0 ? block.Stride : 1,
                Padding = block.Padding ?? (block.Kernel - 1) / 2,
                Dilation = 1,
                Bias = NeedsBias(model),
                Initialization = block.Initialization ?? model.Initialization,
            };
            AddAll(layers, WithNormAndActivation(model, activation, layer), pointer);
        }

        if (block.Pool != PoolKind.None)
        {
            layers.Add(new PoolLayer { Pool = block.Pool, Size = block.PoolSize }, pointer);
        }

        AddDropout(layers, model.Dropout.Conv, pointer);
    }

    private static void AddDense(LayerSequence layers, ModelSpec model)
    {
        for (var index = 0; index < model.Dense.Count; index++)
        {
            var pointer = model.Preset is null ? $"/model/dense/{index}" : "/model/preset";
            Flatten(layers, pointer);
            var layer = new DenseLayer
            {
                Units = model.Dense[index] * Pieces(model.Activation),
                Bias = NeedsBias(model),
                Initialization = model.Initialization,
            };
            AddAll(layers, WithNormAndActivation(model, model.Activation, layer), pointer);
            AddDropout(layers, model.Dropout.Dense, pointer);
        }
    }

    private static void AddOutput(LayerSequence layers, ModelSpec model, int classes)
    {
        Flatten(layers, "/model");
        layers.Add(new DenseLayer { Units = classes, Bias = true, Initialization = model.Initialization }, "/model", "output");
    }

    private static void Flatten(LayerSequence layers, string pointer)
    {
        if (layers.Shape.Count > 1)
        {
            layers.Add(new FlattenLayer(), pointer);
        }
    }

    /// <summary>A weighted layer with the model's batch norm and an activation behind it.</summary>
    internal static IEnumerable<LayerSpec> WithNormAndActivation(ModelSpec model, TechniqueChoice choice, LayerSpec weighted)
    {
        var activation = new ActivationLayer { Activation = choice };
        if (model.BatchNorm is not { } settings)
        {
            return [weighted, activation];
        }

        var norm = new BatchNormLayer { Momentum = settings.Momentum, Epsilon = settings.Epsilon };
        return settings.Position == BatchNormPosition.Before ? [weighted, norm, activation] : [weighted, activation, norm];
    }

    /// <summary>Batch norm that follows directly subtracts the mean, and a bias with it.</summary>
    internal static bool NeedsBias(ModelSpec model) => model.BatchNorm?.Position != BatchNormPosition.Before;

    /// <summary>Maxout layers have k outputs for each one that remains.</summary>
    internal static int Pieces(TechniqueChoice activation) => activation.Name == "maxout" ? activation.Integer("pieces") : 1;

    private static void AddAll(LayerSequence layers, IEnumerable<LayerSpec> added, string pointer)
    {
        foreach (var layer in added)
        {
            layers.Add(layer, pointer);
        }
    }

    private static void AddDropout(LayerSequence layers, double rate, string pointer)
    {
        if (rate > 0)
        {
            layers.Add(new DropoutLayer { Rate = rate }, pointer);
        }
    }
}
