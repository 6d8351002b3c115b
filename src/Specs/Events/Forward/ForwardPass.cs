namespace Trainyard.Specs.Events.Forward;

/// <summary>A forward pass of one sample through a trained network: every layer's output, the first filters, and how one unit comes about.</summary>
public sealed record ForwardPass
{
    /// <summary>Epochs after which the weights were saved.</summary>
    public required int Epoch { get; init; }

    /// <summary>Index of the validation sample; null for an image or a point of one's own.</summary>
    public required int? Sample { get; init; }

    /// <summary>Its true class; null for an image or a point of one's own.</summary>
    public required int? Label { get; init; }

    /// <summary>The name of each class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The sample as a PNG file; null when it is no image.</summary>
    public required byte[]? Png { get; init; }

    /// <summary>The coordinates of a point; null for an image.</summary>
    public required IReadOnlyList<double>? Point { get; init; }

    /// <summary>What the network gets: the sample with mean 0 and standard deviation 1 per channel over the training samples.</summary>
    public required LayerOutput Input { get; init; }

    /// <summary>The output of each layer, in the order of the layer table.</summary>
    public required IReadOnlyList<LayerOutput> Layers { get; init; }

    /// <summary>The filters of the first convolution; null without one, and where maps were not asked for.</summary>
    public required FilterBank? Filters { get; init; }

    /// <summary>The scores of the classes, before the softmax.</summary>
    public required IReadOnlyList<double> Logits { get; init; }

    /// <summary>The softmax of the scores: exp(score) divided by the sum of all.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    /// <summary>The unit that was asked for; null for none.</summary>
    public required UnitTrace? Unit { get; init; }

    /// <summary>What becomes of this unit in the layers that follow and take each value by itself: batch normalization, activation, dropout.</summary>
    public required IReadOnlyList<UnitTrace> Following { get; init; }
}

/// <summary>The output of a layer for one sample.</summary>
public sealed record LayerOutput
{
    /// <summary>The layer, by its name in the layer table; <c>input</c> for the input.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the layer, as in <c>conv</c>; <c>input</c> for the input.</summary>
    public required string Kind { get; init; }

    /// <summary>The layer whose output it gets, by its name; null for the input.</summary>
    public required string? From { get; init; }

    /// <summary>[C, H, W], or [F] for a vector.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>How its window slides over the map that it gets; null for a layer without one.</summary>
    public required SlidingWindow? Window { get; init; }

    /// <summary>The smallest value.</summary>
    public required double Low { get; init; }

    /// <summary>The largest value.</summary>
    public required double High { get; init; }

    /// <summary>
    /// The first channels, up to 256 of 16 x 16 values and up to 64 of larger maps, each as H * W bytes, row by row from the top; a vector is one entry of at most
    /// 4,096 bytes. 0 is the smallest value of the layer, 255 the largest. Empty where maps were not asked for.
    /// </summary>
    public required IReadOnlyList<byte[]> Maps { get; init; }

    /// <summary>The values themselves, of a vector of at most 64; null for others, and where maps were not asked for.</summary>
    public required IReadOnlyList<double>? Values { get; init; }
}

/// <summary>The square window of a convolution or pooling.</summary>
public sealed record SlidingWindow
{
    /// <summary>Values on each side.</summary>
    public required int Size { get; init; }

    /// <summary>Values from one window to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>Zeros around the map.</summary>
    public required int Padding { get; init; }

    /// <summary>Distance of the values of a window; 1: they are neighbors.</summary>
    public required int Dilation { get; init; }
}

/// <summary>The filters of a convolution.</summary>
public sealed record FilterBank
{
    /// <summary>The layer, by its name in the layer table.</summary>
    public required string Layer { get; init; }

    /// <summary>Channels of each filter.</summary>
    public required int Channels { get; init; }

    /// <summary>Side of a filter.</summary>
    public required int Kernel { get; init; }

    /// <summary>The largest absolute weight.</summary>
    public required double Scale { get; init; }

    /// <summary>The first 256 filters, each as Channels * Kernel * Kernel bytes: 128 plus 127 times the weight divided by the scale.</summary>
    public required IReadOnlyList<byte[]> Filters { get; init; }
}

/// <summary>How a unit's value comes about: the values that it is computed from, and what is done with them.</summary>
public sealed record UnitTrace
{
    /// <summary>The unit.</summary>
    public required UnitAddress Address { get; init; }

    /// <summary>Kind of its layer, as in <c>conv</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// What it is computed from: the window of a convolution or pooling, the inputs of a dense layer, the value of an activation. At most 4,096, those with the largest products.
    /// </summary>
    public required IReadOnlyList<UnitTerm> Terms { get; init; }

    /// <summary>Number of all terms.</summary>
    public required int TermCount { get; init; }

    /// <summary>Added to the products; null where there is none.</summary>
    public required double? Bias { get; init; }

    /// <summary>The sum of all products and the bias, computed in double precision; null where nothing is summed.</summary>
    public required double? Sum { get; init; }

    /// <summary>Batch normalization: (value - mean) / sqrt(variance + epsilon) * scale + shift; null for other layers.</summary>
    public required NormTrace? Norm { get; init; }

    /// <summary>Name of the activation, of the pooling (<c>max</c> or <c>average</c>); null for other layers.</summary>
    public required string? Function { get; init; }

    /// <summary>Parameter of the activation that applies to this unit (slope, alpha); null without one.</summary>
    public required double? Parameter { get; init; }

    /// <summary>The value that the network has there.</summary>
    public required double Output { get; init; }
}

/// <summary>A value that a unit is computed from.</summary>
public sealed record UnitTerm
{
    /// <summary>Channel, or index in a vector, of the layer's input.</summary>
    public required int Channel { get; init; }

    /// <summary>Row of the layer's input; negative, or beyond the last, in the zero padding.</summary>
    public required int Row { get; init; }

    /// <summary>Column of the layer's input; negative, or beyond the last, in the zero padding.</summary>
    public required int Column { get; init; }

    /// <summary>The value; 0 in the zero padding.</summary>
    public required double Value { get; init; }

    /// <summary>What it is multiplied by; null where values are compared or passed on.</summary>
    public required double? Weight { get; init; }
}

/// <summary>The numbers of a batch normalization for one channel or unit.</summary>
public sealed record NormTrace
{
    /// <summary>Running mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Running variance.</summary>
    public required double Variance { get; init; }

    /// <summary>Added to the variance.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Trained scale.</summary>
    public required double Scale { get; init; }

    /// <summary>Trained shift.</summary>
    public required double Shift { get; init; }
}
