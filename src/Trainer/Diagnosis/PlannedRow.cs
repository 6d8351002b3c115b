using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>A row of the layer table with what the rules must know of it.</summary>
/// <param name="Index">Index of the row, from 0.</param>
/// <param name="Name">Name of the layer.</param>
/// <param name="IsWeighted">Whether it is a layer of weighted sums: a convolution or a dense layer.</param>
/// <param name="Units">Its units or channels.</param>
/// <param name="Activation">Name of its activation; null for any other layer.</param>
internal sealed record PlannedRow(int Index, string Name, bool IsWeighted, int Units, string? Activation)
{
    /// <summary>All rows, in the order of the layer table.</summary>
    public static IReadOnlyList<PlannedRow> Of(ModelPlan plan) =>
    [
        .. plan.Rows.Select((layer, index) => new PlannedRow(
            index, layer.Name, layer.Layer is ConvLayer or DenseLayer, layer.Output[0], (layer.Layer as ActivationLayer)?.Activation.Name)),
    ];
}
