namespace Trainyard.Specs.Observation;

/// <summary>What was measured in one layer at the end of an epoch. Numbers that are not finite are null.</summary>
public sealed record LayerObservation
{
    /// <summary>Index of the layer in the layer table, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>Name as in the layer table, as in <c>conv1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Kind as in the layer table, as in <c>batch_norm</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The layer's output over a batch; null when it was not measured.</summary>
    public required ActivationStatistics? Activation { get; init; }

    /// <summary>Gradient of the loss with respect to all of the layer's parameters together; null for a layer without parameters.</summary>
    public required TensorStatistics? Gradient { get; init; }

    /// <summary>Euclidean norm of the gradient of the loss with respect to the layer's output; null when it was not measured.</summary>
    public required double? ActivationGradientNorm { get; init; }

    /// <summary>All of the layer's parameters together; null for a layer without parameters.</summary>
    public required TensorStatistics? Weight { get; init; }

    /// <summary>Norm of the last update divided by the norm of the weights; about 0.001 is healthy. Null for a layer without parameters.</summary>
    public required double? UpdateRatio { get; init; }
}
