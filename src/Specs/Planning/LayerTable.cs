using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>The layer table of a plan.</summary>
public static class LayerTable
{
    /// <summary>One row per layer, first to last; the layers of a residual layer come before its own row, which counts the addition alone.</summary>
    public static IReadOnlyList<LayerRow> Rows(ModelPlan plan) => [.. plan.Layers.SelectMany(Rows)];

    private static IEnumerable<LayerRow> Rows(PlannedLayer planned)
    {
        var settings = Settings(planned.Layer);
        return planned.Inner.SelectMany(Rows).Append(new LayerRow
        {
            Name = planned.Name,
            Kind = planned.Layer.Kind,
            Arguments = settings,
            Settings = Text(planned.Layer.Kind, new MessageArgumentReader(settings)),
            Input = planned.Input,
            Output = planned.Output,
            Parameters = planned.Parameters - planned.Inner.Sum(inner => inner.Parameters),
            Flops = planned.Flops - planned.Inner.Sum(inner => inner.Flops),
            OutputBytes = LayerShapes.Size(planned.Output) * sizeof(float),
        });
    }

    private static IReadOnlyDictionary<string, JsonElement> Settings(LayerSpec layer) => layer switch
    {
        ConvLayer conv => MessageArguments.Of(
            ("filters", conv.Filters), ("kernel", conv.Kernel), ("stride", conv.Stride), ("padding", conv.Padding), ("dilation", conv.Dilation), ("bias", conv.Bias),
            ("initialization", conv.Initialization)),
        DenseLayer dense => MessageArguments.Of(("units", dense.Units), ("bias", dense.Bias), ("initialization", dense.Initialization)),
        PoolLayer pool => MessageArguments.Of(("pool", pool.Pool), ("size", pool.Size)),
        GlobalPoolLayer pool => MessageArguments.Of(("pool", pool.Pool)),
        BatchNormLayer norm => MessageArguments.Of(("momentum", norm.Momentum), ("epsilon", norm.Epsilon)),
        ActivationLayer activation => MessageArguments.Of(("activation", activation.Activation)),
        DropoutLayer dropout => MessageArguments.Of(("rate", dropout.Rate)),
        _ => MessageArguments.None,
    };

    private static string Text(string kind, MessageArgumentReader about) => kind switch
    {
        "conv" => $"{about["filters"]} filters {about["kernel"]}x{about["kernel"]}, stride {about["stride"]}, padding {about["padding"]}"
            + $"{(about.Number("dilation") == 1 ? "" : $", dilation {about["dilation"]}")}{Bias(about)}, {about.Read<TechniqueChoice>("initialization")}",
        "dense" => $"{about["units"]} units{Bias(about)}, {about.Read<TechniqueChoice>("initialization")}",
        "pool" => $"{about["pool"]} {about["size"]}x{about["size"]}",
        "global_pool" => about["pool"],
        "batch_norm" => $"momentum {about["momentum"]}, epsilon {about["epsilon"]}",
        "activation" => about.Read<TechniqueChoice>("activation").ToString(),
        "dropout" => $"rate {about["rate"]}",
        _ => "",
    };

    private static string Bias(MessageArgumentReader about) => about.IsTrue("bias") ? "" : ", no bias";
}
