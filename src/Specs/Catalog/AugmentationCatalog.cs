using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Random changes of training images, which leave validation and test images alone; and mirroring where the network is asked.</summary>
internal static class AugmentationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Augmentation(
            "flip", "Mirroring", "x[:, :, W - 1 - j] instead of x[:, :, j], with probability 1/2",
            "A mirrored cat is a cat, so the set doubles for nothing. Use it for photographs; not for digits or letters.",
            "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1",
            SpecFields.Flip),
        Augmentation(
            "crop", "Random crop", "pad with crop zeros on each side, then cut the original size at an offset that is even on 0..2 crop, down and right",
            "Moves the image by a few pixels, so that the network cannot rely on the exact place. Use 2 to 4 on images of 32 pixels when training accuracy runs ahead.",
            "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016, section 4.2",
            SpecFields.Crop),
        Augmentation(
            "cutout", "Cutout", "x = 0, the mean, in a square of side cutout whose centre is anywhere in the image",
            "Hides a part, so that the network learns to use the rest too. Use about half the side of the image in long trainings; in short ones it only slows learning.",
            "DeVries, Taylor: Improved Regularization of Convolutional Neural Networks with Cutout, 2017",
            SpecFields.Cutout),
        Augmentation(
            "test_time_flip", "Test-time augmentation", "scores(x) = (f(x) + f(mirror x)) / 2 for validation and test images",
            "Two views of an image err in different places, so their mean errs less; asking takes twice as long, training is the same. Use it together with mirroring in training, "
            + "and compare only runs that all have it or have it not.",
            "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1",
            SpecFields.TestTimeFlip),
    ];

    private static TechniqueDefinition Augmentation(
        string name, string title, string formula, string explanation, string source, ParameterDefinition switchedBy) =>
        Technique(TechniqueKind.Augmentation, "/data/augmentation/" + switchedBy.Name, name, title, formula, explanation, source, switchedBy);
}
