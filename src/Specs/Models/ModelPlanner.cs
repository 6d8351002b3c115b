using Trainyard.Specs.Data;

namespace Trainyard.Specs.Models;

/// <summary>Expands model settings to layers and infers every shape and cost.</summary>
public static class ModelPlanner
{
    /// <summary>Plans the network of a valid spec.</summary>
    /// <exception cref="ArgumentException">The layers do not fit; a spec from <see cref="Validation.SpecReader"/> always fits.</exception>
    public static ModelPlan Plan(ExperimentSpec spec) => Plan(spec.Model, DatasetShapes.Of(spec.Data.Dataset));

    /// <summary>Plans a network for samples of the given shape.</summary>
    /// <exception cref="ArgumentException">The layers do not fit.</exception>
    public static ModelPlan Plan(ModelSpec model, DatasetShape data) =>
        TryPlan(model, data, out var problem) ?? throw new ArgumentException($"{problem!.Pointer}: {problem.Message}", nameof(model));

    /// <summary>Plans a network, or says which setting breaks it.</summary>
    internal static ModelPlan? TryPlan(ModelSpec model, DatasetShape data, out ShapeProblem? problem)
    {
        var builder = new LayerSequence(data.Input);
        problem = model.Kind == ModelKind.Cnn ? AddBlocks(builder, model) : null;
        if (problem is not null)
        {
            return null;
        }

        AddDense(builder, model, data.Classes);
        return new ModelPlan { Input = data.Input, Classes = data.Classes, Layers = builder.Layers };
    }

    private static ShapeProblem? AddBlocks(LayerSequence layers, ModelSpec model)
    {
        for (var index = 0; index < model.Blocks.Count; index++)
        {
            var block = model.Blocks[index];
            var pointer = $"/model/blocks/{index}";
            for (var conv = 0; conv < block.Convolutions; conv++)
            {
                var (_, height, width) = layers.Image;
                var padding = block.Padding ?? (block.Kernel - 1) / 2;
                var smallest = Math.Min(height, width) + (2 * padding);
                if (block.Kernel > smallest)
                {
                    return new ShapeProblem(
                        $"{pointer}/kernel", $"{block.Kernel}", $"at most {smallest}: the block's input is {height} x {width} with padding {padding}",
                        $"Convolution {conv + 1} of block {index + 1} has a filter larger than its input.",
                        $"Use a filter of at most {smallest}, more padding, or less pooling before this block.");
                }

                layers.Add(new ConvLayer
                {
                    Filters = block.Filters,
                    Kernel = block.Kernel,
                    Stride = conv == 0 ? block.Stride : 1,
                    Padding = padding,
                    Bias = model.BatchNorm?.Position != BatchNormPosition.Before,
                    Initialization = model.Initialization,
                });
                AddNormAndActivation(layers, model);
            }

            if (block.Pool != PoolKind.None)
            {
                var (_, height, width) = layers.Image;
                if (Math.Min(height, width) < block.PoolSize)
                {
                    return new ShapeProblem(
                        $"{pointer}/pool", $"\"{block.Pool.ToString().ToLowerInvariant()}\"", $"none: the feature map here is {height} x {width}, the window {block.PoolSize} x {block.PoolSize}",
                        $"Block {index + 1} has nothing left to pool.",
                        "Write \"pool\": \"none\" here, or pool less before.");
                }

                layers.Add(new PoolLayer { Pool = block.Pool, Size = block.PoolSize });
            }

            AddDropout(layers, model.Dropout.Conv);
        }

        layers.Add(model.GlobalPool == GlobalPool.None ? new FlattenLayer() : new GlobalPoolLayer { Pool = model.GlobalPool });
        return null;
    }

    private static void AddDense(LayerSequence layers, ModelSpec model, int classes)
    {
        if (layers.Shape.Count > 1)
        {
            layers.Add(new FlattenLayer());
        }

        foreach (var units in model.Dense)
        {
            layers.Add(new DenseLayer
            {
                Units = units,
                Bias = model.BatchNorm?.Position != BatchNormPosition.Before,
                Initialization = model.Initialization,
            });
            AddNormAndActivation(layers, model);
            AddDropout(layers, model.Dropout.Dense);
        }

        layers.Add(new DenseLayer { Units = classes, Bias = true, Initialization = model.Initialization }, "output");
    }

    private static void AddNormAndActivation(LayerSequence layers, ModelSpec model)
    {
        var activation = new ActivationLayer { Activation = model.Activation };
        if (model.BatchNorm is not { } settings)
        {
            layers.Add(activation);
            return;
        }

        var norm = new BatchNormLayer { Momentum = settings.Momentum, Epsilon = settings.Epsilon };
        if (settings.Position == BatchNormPosition.Before)
        {
            layers.Add(norm);
            layers.Add(activation);
        }
        else
        {
            layers.Add(activation);
            layers.Add(norm);
        }
    }

    private static void AddDropout(LayerSequence layers, double rate)
    {
        if (rate > 0)
        {
            layers.Add(new DropoutLayer { Rate = rate });
        }
    }
}
