namespace Trainyard.Specs.Events.Forward;

/// <summary>Validation samples of a trained network, some of all.</summary>
public sealed record ForwardSamples
{
    /// <summary>Epochs after which the weights were saved.</summary>
    public required int Epoch { get; init; }

    /// <summary>Number of all validation samples.</summary>
    public required int Count { get; init; }

    /// <summary>Shape of a sample: [C, H, W] for images, [F] for points.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The name of each class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The samples, in the order of their index.</summary>
    public required IReadOnlyList<ForwardSample> Items { get; init; }

    /// <summary>Index of the last sample that was looked at, after which the list goes on; null at its end. Items can be fewer than asked for and the list go on: a search pauses after 1 s.</summary>
    public required int? Next { get; init; }
}

/// <summary>A validation sample with what the network predicts for it.</summary>
public sealed record ForwardSample
{
    /// <summary>Index among the validation samples, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The true class.</summary>
    public required int Label { get; init; }

    /// <summary>The class with the highest score.</summary>
    public required int Predicted { get; init; }

    /// <summary>The sample as a PNG file; null when it is no image.</summary>
    public required byte[]? Png { get; init; }

    /// <summary>The coordinates of a point; null for an image.</summary>
    public required IReadOnlyList<double>? Point { get; init; }
}
