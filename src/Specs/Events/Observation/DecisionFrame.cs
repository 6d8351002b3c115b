namespace Trainyard.Specs.Events.Observation;

/// <summary>The predicted class at each point of a grid over the plane.</summary>
public sealed record DecisionFrame
{
    /// <summary>Left edge.</summary>
    public required double XMin { get; init; }

    /// <summary>Right edge.</summary>
    public required double XMax { get; init; }

    /// <summary>Lower edge.</summary>
    public required double YMin { get; init; }

    /// <summary>Upper edge.</summary>
    public required double YMax { get; init; }

    /// <summary>Points in a row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Base64 of Width * Height bytes: the class with the highest probability; rows from YMin up, points from XMin on.</summary>
    public required string Winner { get; init; }

    /// <summary>Base64 of Width * Height bytes in the same order: probability of that class, 0 to 255.</summary>
    public required string Confidence { get; init; }

    /// <summary>Outputs of the hidden units, by layer; null in a frame that was drawn without them.</summary>
    public IReadOnlyList<HiddenUnits>? Hidden { get; init; }

    /// <summary>Up to 1,000 samples in the frame of epoch 0; null in the others.</summary>
    public IReadOnlyList<SamplePoint>? Points { get; init; }
}

/// <summary>Outputs of units of a hidden layer over the plane, on a coarser grid.</summary>
public sealed record HiddenUnits
{
    /// <summary>Name as in the layer table, as in <c>activation1</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>Number of units of the layer.</summary>
    public required int Units { get; init; }

    /// <summary>Points in a row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// One for each of the first eight units: base64 of Width * Height bytes, rows from YMin up, points from XMin on; 128 is an output of 0, 255 the largest
    /// absolute output of the layer, 1 the same below 0.
    /// </summary>
    public required IReadOnlyList<string> Maps { get; init; }
}

/// <summary>A sample of a dataset in the plane.</summary>
public sealed record SamplePoint
{
    /// <summary>First coordinate.</summary>
    public required double X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required double Y { get; init; }

    /// <summary>True class.</summary>
    public required int Label { get; init; }

    /// <summary>Train or validation.</summary>
    public required DataSplit Split { get; init; }
}
