using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

internal static class LayerReader
{
    public const int MaximumLayers = 200;

    private const int MaximumDepth = 4;

    public static LayerSpec Read(ObjectReader layer, int depth)
    {
        switch (layer.ChoiceText(SpecFields.LayerKind))
        {
            case "conv":
                return ReadConv(layer);
            case "dense":
                return new DenseLayer
                {
                    Units = layer.Integer(SpecFields.LayerUnits),
                    Bias = layer.Flag(SpecFields.Bias),
                    Initialization = layer.Technique("initialization", TechniqueKind.Initialization, "he"),
                };
            case "pool":
                return new PoolLayer { Pool = layer.Choice<PoolKind>(SpecFields.LayerPool), Size = layer.Integer(SpecFields.LayerPoolSize) };
            case "global_pool":
                return new GlobalPoolLayer { Pool = layer.Choice<GlobalPool>(SpecFields.LayerPool) };
            case "batch_norm":
                return new BatchNormLayer { Momentum = layer.Number(SpecFields.BatchNormMomentum), Epsilon = layer.Number(SpecFields.BatchNormEpsilon) };
            case "activation":
                return new ActivationLayer { Activation = layer.Technique("activation", TechniqueKind.Activation, ModelSpec.DefaultActivation) };
            case "dropout":
                return new DropoutLayer { Rate = layer.Number(SpecFields.Rate) };
            case "residual" when depth < MaximumDepth:
                return new ResidualLayer { Layers = layer.Objects("layers", 1, MaximumLayers, inner => Read(inner, depth + 1)) };
            case "residual":
                layer.Refuse(SpecFindingCode.NestedTooDeep, ("maximum", MaximumDepth));
                layer.IgnoreUnknown();
                return new FlattenLayer();
            case null:
                layer.IgnoreUnknown();
                return new FlattenLayer();
            default:
                return new FlattenLayer();
        }
    }

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
}
