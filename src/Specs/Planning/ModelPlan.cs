namespace Trainyard.Specs.Planning;

/// <summary>The network that a spec describes, layer by layer. The trainer builds exactly this.</summary>
public sealed record ModelPlan
{
    /// <summary>Shape of one input sample: [C, H, W] or [F].</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Number of classes: outputs of the last layer.</summary>
    public required int Classes { get; init; }

    /// <summary>Layers in the order of the forward pass.</summary>
    public required IReadOnlyList<PlannedLayer> Layers { get; init; }

    /// <summary>All layers in the order of the layer table: those within a residual layer come before it.</summary>
    public IEnumerable<PlannedLayer> Rows => Order(Layers);

    /// <summary>Learned numbers of the whole network.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Floating-point operations of one forward pass of one sample.</summary>
    public long Flops => Layers.Sum(layer => layer.Flops);

    private static IEnumerable<PlannedLayer> Order(IEnumerable<PlannedLayer> layers) => layers.SelectMany(layer => Order(layer.Inner).Append(layer));
}
