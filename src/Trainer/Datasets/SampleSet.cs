namespace Trainyard.Trainer.Datasets;

/// <summary>Samples in memory as they were read or drawn, before any conversion.</summary>
internal sealed record SampleSet
{
    /// <summary>Shape of one sample: [C, H, W] for images, [features] for points.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>uint8 for images, 0 to 255, channels last: [N, H, W, C]; float32 for points: [N, features].</summary>
    public required ScalarType Format { get; init; }

    /// <summary>The bytes of all samples.</summary>
    public required byte[] Values { get; init; }

    /// <summary>Class of each sample, from 0.</summary>
    public required byte[] Labels { get; init; }

    /// <summary>Number of samples.</summary>
    public int Count => Labels.Length;
}
