using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>One row of the layer table.</summary>
public sealed record LayerRow
{
    /// <summary>Name of the layer, as in <c>conv1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer, as in <c>batch_norm</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The settings by name, as in a spec; which there are depends on the kind.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The settings in one English line, as in <c>3x3, stride 1, padding 1</c>; empty when there are none.</summary>
    public required string Settings { get; init; }

    /// <summary>Shape of one sample before the layer.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of one sample after the layer.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one forward pass of one sample; a multiply-add counts as two.</summary>
    public required long Flops { get; init; }

    /// <summary>Bytes of the layer's output for one sample in float32.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>The part that weights from another network must match.</summary>
    public LayerFit ToFit() => new() { Name = Name, Kind = Kind, Input = Input, Output = Output, Parameters = Parameters };
}

/// <summary>The properties of a layer that determine whether weights fit it.</summary>
public sealed record LayerFit
{
    /// <summary>Name in the layer table.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer.</summary>
    public required string Kind { get; init; }

    /// <summary>Shape of one sample before it.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Shape of one sample after it.</summary>
    public required IReadOnlyList<int> Output { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>As in <c>dense1: dense, 2 to 8, 24 parameters</c>; equal for layers that weights fit alike.</summary>
    public override string ToString() => $"{Name}: {Kind}, {string.Join("x", Input)} to {string.Join("x", Output)}, {Parameters} parameters";
}

/// <summary>The layer table of a plan.</summary>
public static class LayerTable
{
    /// <summary>One row per layer, first to last; the layers of a residual layer come before its own row, which counts only the addition.</summary>
    public static IReadOnlyList<LayerRow> Rows(ModelPlan plan) => [.. plan.AllLayers.Select(Row)];

    private static LayerRow Row(PlannedLayer planned)
    {
        var settings = Settings(planned.Layer);
        return new LayerRow
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
        };
    }

    private static IReadOnlyDictionary<string, JsonElement> Settings(LayerSpec layer) => layer switch
    {
        ConvLayer conv => MessageArguments.From(
            ("filters", conv.Filters), ("kernel", conv.Kernel), ("stride", conv.Stride), ("padding", conv.Padding), ("dilation", conv.Dilation), ("bias", conv.Bias),
            ("initialization", conv.Initialization)),
        DenseLayer dense => MessageArguments.From(("units", dense.Units), ("bias", dense.Bias), ("initialization", dense.Initialization)),
        PoolLayer pool => MessageArguments.From(("pool", pool.Pool), ("size", pool.Size)),
        GlobalPoolLayer pool => MessageArguments.From(("pool", pool.Pool)),
        BatchNormLayer norm => MessageArguments.From(("momentum", norm.Momentum), ("epsilon", norm.Epsilon)),
        ActivationLayer activation => MessageArguments.From(("activation", activation.Activation)),
        DropoutLayer dropout => MessageArguments.From(("rate", dropout.Rate)),
        _ => MessageArguments.None,
    };

    private static string Text(string kind, MessageArgumentReader about) => kind switch
    {
        "conv" => $"{about["filters"]} filters {about["kernel"]}x{about["kernel"]}, stride {about["stride"]}, padding {about["padding"]}"
            + $"{(about.Number("dilation") == 1 ? "" : $", dilation {about["dilation"]}")}{Bias(about)}, {Initialization(about)}",
        "dense" => $"{about["units"]} units{Bias(about)}, {Initialization(about)}",
        "pool" => $"{about["pool"]} {about["size"]}x{about["size"]}",
        "global_pool" => about["pool"],
        "batch_norm" => $"momentum {about["momentum"]}, epsilon {about["epsilon"]}",
        "activation" => TechniqueCatalog.Describe(TechniqueKind.Activation, about.Read<TechniqueChoice>("activation")),
        "dropout" => $"rate {about["rate"]}",
        _ => "",
    };

    private static string Initialization(MessageArgumentReader about) =>
        TechniqueCatalog.Describe(TechniqueKind.Initialization, about.Read<TechniqueChoice>("initialization"));

    private static string Bias(MessageArgumentReader about) => about.IsTrue("bias") ? "" : ", no bias";
}
