namespace Trainyard.Specs.Events.Observation;

/// <summary>How the values of one layer are distributed.</summary>
public sealed record LayerHistograms
{
    /// <summary>Index of the layer in the layer table, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>The layer's output; null when it was not measured.</summary>
    public required Histogram? Activation { get; init; }

    /// <summary>Gradient with respect to the layer's parameters; null for a layer without parameters.</summary>
    public required Histogram? Gradient { get; init; }

    /// <summary>The layer's parameters; null for a layer without parameters.</summary>
    public required Histogram? Weight { get; init; }
}
