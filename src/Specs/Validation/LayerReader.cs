using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Reads one layer of a free list.</summary>
internal static class LayerReader
{
    public const int MaximumLayers = 200;

    private const int MaximumDepth = 4;

    public static LayerSpec Read(ObjectReader layer, int depth)
    {
        if (layer.ChoiceText(SpecFields.LayerKind) is not { } kind)
        {
            // What the other members mean depends on the kind, so nothing more can be said of them.
            return new FlattenLayer();
        }

        var read = ReadKind(layer, kind, depth);
        layer.Done();
        return read;
    }

    private static LayerSpec ReadKind(ObjectReader layer, string kind, int depth) => kind switch
    {
        "conv" => ReadConv(layer),
        "dense" => new DenseLayer
        {
            Units = layer.Integer(SpecFields.LayerUnits),
            Bias = layer.Flag(SpecFields.Bias),
            Initialization = layer.Technique("initialization", TechniqueKind.Initialization, "he"),
        },
        "pool" => new PoolLayer { Pool = layer.Choice<PoolKind>(SpecFields.LayerPool), Size = layer.Integer(SpecFields.LayerPoolSize) },
        "global_pool" => new GlobalPoolLayer { Pool = layer.Choice<GlobalPool>(SpecFields.LayerPool) },
        "batch_norm" => new BatchNormLayer { Momentum = layer.Number(SpecFields.BatchNormMomentum), Epsilon = layer.Number(SpecFields.BatchNormEpsilon) },
        "activation" => new ActivationLayer { Activation = layer.Technique("activation", TechniqueKind.Activation, "relu") },
        "dropout" => new DropoutLayer { Rate = layer.Number(SpecFields.Rate) },
        "residual" => ReadResidual(layer, depth),
        _ => new FlattenLayer(),
    };

    private static ConvLayer ReadConv(ObjectReader layer)
    {
        var kernel = layer.Integer(SpecFields.Kernel);
        var dilation = layer.Integer(SpecFields.Dilation);
        int? padding = layer.IsText("padding", "same") ? null : layer.IntegerOrNull(SpecFields.Padding);
        if (padding is null && (kernel - 1) * dilation % 2 != 0)
        {
            layer.Refuse(SpecFindingCode.EvenKernel, ("kernel", kernel), ("suggested", kernel + 1));
        }

        return new ConvLayer
        {
            Filters = layer.Integer(SpecFields.Filters),
            Kernel = kernel,
            Stride = layer.Integer(SpecFields.Stride),
            Padding = padding ?? (kernel - 1) * dilation / 2,
            Dilation = dilation,
            Bias = layer.Flag(SpecFields.Bias),
            Initialization = layer.Technique("initialization", TechniqueKind.Initialization, "he"),
        };
    }

    private static ResidualLayer ReadResidual(ObjectReader layer, int depth)
    {
        if (depth >= MaximumDepth)
        {
            layer.Refuse(SpecFindingCode.NestedTooDeep, ("maximum", MaximumDepth));
            return new ResidualLayer { Layers = [] };
        }

        return new ResidualLayer { Layers = layer.Objects("layers", 1, MaximumLayers, inner => Read(inner, depth + 1)) };
    }
}
