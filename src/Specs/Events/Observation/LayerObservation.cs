namespace Trainyard.Specs.Events.Observation;

/// <summary>Statistics of one layer at the end of an epoch. Numbers that are not finite are null.</summary>
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

    /// <summary>The weights of a convolution or dense layer, without biases; all parameters of another layer; null for a layer without parameters.</summary>
    public required TensorStatistics? Weight { get; init; }

    /// <summary>
    /// Norm of one update divided by the norm of the weights (both as in <c>weight</c>); about 0.001 is typical. Null for a layer without parameters, and
    /// when all weights are 0.
    /// </summary>
    public required double? UpdateRatio { get; init; }

    /// <summary>
    /// How much the units of a layer of weighted sums differ: |W - mean over units| / |W|, about 1 for random weights and 0 when all units have the
    /// same weights. Null for every other layer, and when all weights are 0.
    /// </summary>
    public double? UnitSpread { get; init; }
}

/// <summary>Statistics of a layer's output over a batch. Numbers that are not finite are null.</summary>
public sealed record ActivationStatistics
{
    /// <summary>Mean of all values.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation of all values.</summary>
    public required double? Std { get; init; }

    /// <summary>Share of values that are exactly 0, 0 to 1.</summary>
    public required double? ZeroShare { get; init; }

    /// <summary>Share of units that are 0 for every sample of the batch, 0 to 1; null where that is impossible.</summary>
    public required double? DeadShare { get; init; }

    /// <summary>Share of values close to a bound of the activation, 0 to 1; null for activations without bounds.</summary>
    public required double? SaturatedShare { get; init; }
}

/// <summary>Statistics over all values of some tensors. Numbers that are not finite are null.</summary>
public sealed record TensorStatistics
{
    /// <summary>Euclidean norm.</summary>
    public required double? Norm { get; init; }

    /// <summary>Mean.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation.</summary>
    public required double? Std { get; init; }
}

/// <summary>Histograms of one layer.</summary>
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

/// <summary>Counts of values in 64 bins of equal width. Values that are not finite are not counted.</summary>
public sealed record Histogram
{
    /// <summary>Lower end of the first bin: the smallest value.</summary>
    public required double Min { get; init; }

    /// <summary>Upper end of the last bin: the largest value.</summary>
    public required double Max { get; init; }

    /// <summary>Values in each bin, first to last.</summary>
    public required IReadOnlyList<int> Counts { get; init; }
}
