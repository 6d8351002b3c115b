namespace Trainyard.Specs.Spec;

/// <summary>What a dataset looks like with the settings of a spec: its sizes after the split, and some of its samples.</summary>
public sealed record DatasetPreview
{
    /// <summary>Shape of one sample: [C, H, W] for images, [features] for points.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The name of each class, in the order of the labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples to train on, after the split and the limit.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples that are held out for validation.</summary>
    public required int ValidationSamples { get; init; }

    /// <summary>Samples of the test set.</summary>
    public required int TestSamples { get; init; }

    /// <summary>16 training images, every class in turn; empty for points.</summary>
    public required IReadOnlyList<ImageSample> Images { get; init; }

    /// <summary>At most 600 points of training and validation; empty for images.</summary>
    public required IReadOnlyList<PointSample> Points { get; init; }
}

/// <summary>A training image.</summary>
public sealed record ImageSample
{
    /// <summary>The image as a PNG file.</summary>
    public required byte[] Png { get; init; }

    /// <summary>The class that it is trained as: another than the true one where label noise has replaced it.</summary>
    public required int Label { get; init; }

    /// <summary>Its true class.</summary>
    public required int TrueLabel { get; init; }
}

/// <summary>A point of the plane.</summary>
public sealed record PointSample
{
    /// <summary>First coordinate.</summary>
    public required float X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required float Y { get; init; }

    /// <summary>The class that it is trained as, or validated as.</summary>
    public required int Label { get; init; }

    /// <summary>Whether it is held out for validation.</summary>
    public required bool Validation { get; init; }
}
