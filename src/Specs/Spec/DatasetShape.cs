namespace Trainyard.Specs.Spec;

/// <summary>What the planner and the pages must know of a dataset without opening it.</summary>
public sealed record DatasetShape
{
    /// <summary>Shape of one sample: [C, H, W] for images, [features] for points.</summary>
    public required IReadOnlyList<int> Input { get; init; }

    /// <summary>Number of classes; labels are 0 to Classes - 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Samples before the validation split.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples of the test set.</summary>
    public required int TestSamples { get; init; }
}
