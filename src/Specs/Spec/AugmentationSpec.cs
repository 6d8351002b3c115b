namespace Trainyard.Specs.Spec;

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
