namespace Trainyard.Specs.Models;

/// <summary>The layer table of a plan.</summary>
public static class LayerTable
{
    /// <summary>One row per layer, first to last; the layers of a residual layer come before its own row, which counts the addition alone.</summary>
    public static IReadOnlyList<LayerRow> Rows(ModelPlan plan) => [.. plan.Layers.SelectMany(Rows)];

    private static IEnumerable<LayerRow> Rows(PlannedLayer planned) => planned.Inner.SelectMany(Rows).Append(new LayerRow
    {
        Name = planned.Name,
        Kind = planned.Layer.Kind,
        Settings = Describe(planned.Layer),
        Input = planned.Input,
        Output = planned.Output,
        Parameters = planned.Parameters - planned.Inner.Sum(inner => inner.Parameters),
        Flops = planned.Flops - planned.Inner.Sum(inner => inner.Flops),
        OutputBytes = LayerShapes.Size(planned.Output) * sizeof(float),
    });

    private static string Describe(LayerSpec layer) => layer switch
    {
        ConvLayer conv => $"{conv.Filters} filters {conv.Kernel}x{conv.Kernel}, stride {conv.Stride}, padding {conv.Padding}{(conv.Dilation == 1 ? "" : $", dilation {conv.Dilation}")}{(conv.Bias ? "" : ", no bias")}, {conv.Initialization}",
        DenseLayer dense => $"{dense.Units} units{(dense.Bias ? "" : ", no bias")}, {dense.Initialization}",
        PoolLayer pool => $"{pool.Pool.ToString().ToLowerInvariant()} {pool.Size}x{pool.Size}",
        GlobalPoolLayer pool => pool.Pool.ToString().ToLowerInvariant(),
        BatchNormLayer norm => $"momentum {norm.Momentum}, epsilon {norm.Epsilon}",
        ActivationLayer activation => activation.Activation.ToString(),
        DropoutLayer dropout => $"rate {dropout.Rate}",
        _ => "",
    };
}
