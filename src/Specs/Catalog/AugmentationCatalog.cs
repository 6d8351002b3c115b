using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Augmentation of training images, and test-time augmentation.</summary>
internal static class AugmentationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Augmentation(
            "flip", "Horizontal flip", "x[:, :, W - 1 - j] instead of x[:, :, j], with probability 1/2",
            "A flipped cat is still a cat, so the dataset doubles at no cost. Use it for photographs, not for digits or letters.",
            "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1",
            SpecFields.Flip),
        Augmentation(
            "crop", "Random crop", "pad with crop zeros on each side, then cut the original size at an offset uniform on 0..2 crop, down and right",
            "Shifts the image by a few pixels, so that the network cannot rely on exact positions. Use 2 to 4 for images of 32 pixels when the network overfits.",
            "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016, section 4.2",
            SpecFields.Crop),
        Augmentation(
            "cutout", "Cutout", "x = 0, the mean, in a square of side cutout whose center is anywhere in the image",
            "Hides a part of the image, so that the network learns to use the rest too. Use about half the side of the image in long runs; in short ones it only slows training.",
            "DeVries, Taylor: Improved Regularization of Convolutional Neural Networks with Cutout, 2017",
            SpecFields.Cutout),
        Augmentation(
            "test_time_flip", "Test-time augmentation", "scores(x) = (f(x) + f(flip x)) / 2 for validation and test images",
            "The errors for two views of an image differ, so their mean has a smaller one; evaluation takes twice as long, training is unchanged. Use it with flips in training, "
            + "and compare only runs with the same setting.",
            "Krizhevsky, Sutskever, Hinton: ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1",
            SpecFields.TestTimeFlip),
    ];

    private static TechniqueDefinition Augmentation(
        string name, string title, string formula, string explanation, string source, ParameterDefinition switchedBy) =>
        Technique(TechniqueKind.Augmentation, "/data/augmentation/" + switchedBy.Name, name, title, formula, explanation, source, switchedBy);
}
