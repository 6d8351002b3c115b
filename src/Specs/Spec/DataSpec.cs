using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>The dataset of a run and its split into training and validation samples; the test samples are the dataset's own.</summary>
public sealed record DataSpec
{
    /// <summary>A technique of kind <see cref="TechniqueKind.Dataset"/>.</summary>
    public required TechniqueChoice Dataset { get; init; }

    /// <summary>
    /// Share of the training data that is held out for validation (stratified, shuffled by the seed), 0.01 to 0.9; not used when
    /// <see cref="ValidationCount"/> is given.
    /// </summary>
    public required double ValidationFraction { get; init; }

    /// <summary>Number of samples that are held out for validation instead of a share; null: the share counts.</summary>
    public required int? ValidationCount { get; init; }

    /// <summary>At most this many training samples are used after the split (stratified); null uses all.</summary>
    public required int? TrainLimit { get; init; }

    /// <summary>Share of the training labels that is replaced by a wrong one, 0 to 0.9; validation and test labels stay right.</summary>
    public required double LabelNoise { get; init; }

    /// <summary>Random changes of the training images; null: none.</summary>
    public required AugmentationSpec? Augmentation { get; init; }

    /// <summary>Samples held out for validation out of so many.</summary>
    public int ValidationSamples(int trainSamples) => ValidationCount ?? (int)Math.Round(trainSamples * ValidationFraction);

    /// <summary>Samples learned from out of so many: what the split and the limit leave.</summary>
    public int LearnedSamples(int trainSamples) => Math.Min(trainSamples - ValidationSamples(trainSamples), TrainLimit ?? int.MaxValue);
}

/// <summary>Random changes of training images, drawn anew for every image and epoch; and what is done to images when the network is asked.</summary>
public sealed record AugmentationSpec
{
    /// <summary>Mirror each image left to right with probability 1/2.</summary>
    public required bool Flip { get; init; }

    /// <summary>Pixels of zero padding on each side before a crop of the original size at a random place, 0 to 16.</summary>
    public required int Crop { get; init; }

    /// <summary>Side of a square at a random place that is set to the mean, 0 to 32 pixels (DeVries, Taylor: Cutout, 2017); 0: none.</summary>
    public required int Cutout { get; init; }

    /// <summary>
    /// Score validation and test images by the mean of the network's scores for the image and for its mirror image (test-time augmentation); evaluation takes
    /// twice as long.
    /// </summary>
    public required bool TestTimeFlip { get; init; }
}
