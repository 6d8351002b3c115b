using System.Text.Json.Serialization;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Spec;

/// <summary>The dataset and its split into training and validation samples; the test samples are those of the dataset.</summary>
public sealed record DataSpec
{
    /// <summary>A technique of kind <c>dataset</c>.</summary>
    public required TechniqueChoice Dataset { get; init; }

    /// <summary>
    /// Share of the training data that is held out for validation (stratified), 0.01 to 0.9; ignored when
    /// <c>validationCount</c> is set.
    /// </summary>
    public required double ValidationFraction { get; init; }

    /// <summary>Number of samples that are held out for validation; null to use the share.</summary>
    public required int? ValidationCount { get; init; }

    /// <summary>Maximum number of training samples after the split (stratified); null for all.</summary>
    public required int? TrainLimit { get; init; }

    /// <summary>Share of the training labels that are replaced by wrong ones, 0 to 0.9; validation and test labels are unchanged.</summary>
    public required double LabelNoise { get; init; }

    /// <summary>Seed of generated samples, split and label noise, 0 to 2^31 - 1.</summary>
    public required int Seed { get; init; }

    /// <summary>Augmentation of the training images; null for none.</summary>
    public required AugmentationSpec? Augmentation { get; init; }

    /// <summary>What the network gets of points in the plane; null for their two coordinates.</summary>
    public FeatureSpec? Features { get; init; }

    /// <summary>Validation samples of a training set of that size.</summary>
    public int ValidationSamples(int trainSamples) => ValidationCount ?? (int)Math.Round(trainSamples * ValidationFraction);

    /// <summary>Samples to train on, of a training set of that size: after the split and the limit.</summary>
    public int LearnedSamples(int trainSamples) => Math.Min(trainSamples - ValidationSamples(trainSamples), TrainLimit ?? int.MaxValue);
}

/// <summary>
/// Functions of the two coordinates of a point that the network gets, in this order. The coordinates have mean 0 and standard deviation 1 over the training
/// samples; their functions are not normalized again.
/// </summary>
public sealed record FeatureSpec
{
    /// <summary>The first coordinate.</summary>
    public required bool X1 { get; init; }

    /// <summary>The second coordinate.</summary>
    public required bool X2 { get; init; }

    /// <summary>The square of the first coordinate.</summary>
    public required bool X1Squared { get; init; }

    /// <summary>The square of the second coordinate.</summary>
    public required bool X2Squared { get; init; }

    /// <summary>The product of the coordinates.</summary>
    public required bool X1X2 { get; init; }

    /// <summary>The sine of the first coordinate.</summary>
    public required bool SinX1 { get; init; }

    /// <summary>The sine of the second coordinate.</summary>
    public required bool SinX2 { get; init; }

    /// <summary>How many there are: inputs of the network.</summary>
    [JsonIgnore]
    public int Count => new[] { X1, X2, X1Squared, X2Squared, X1X2, SinX1, SinX2 }.Count(isChosen => isChosen);
}

/// <summary>Augmentation of training images, drawn for every image and epoch, and of evaluated images.</summary>
public sealed record AugmentationSpec
{
    /// <summary>Flip each image horizontally with probability 1/2.</summary>
    public required bool Flip { get; init; }

    /// <summary>Pixels of zero padding on each side before a random crop of the original size, 0 to 16.</summary>
    public required int Crop { get; init; }

    /// <summary>Side of a random square that is set to the mean, 0 to 32 pixels (DeVries, Taylor: Cutout, 2017); 0 for none.</summary>
    public required int Cutout { get; init; }

    /// <summary>
    /// Average the logits of each validation and test image and of its horizontal flip (test-time augmentation); evaluation takes twice as long.
    /// </summary>
    public required bool TestTimeFlip { get; init; }
}
