using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

internal static class DatasetCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Dataset(
            "fashion-mnist", "Fashion-MNIST", null,
            "70,000 grayscale clothing images, 28 x 28, in 10 classes. Harder than digits, and small enough to train on in a minute.",
            "Xiao, Rasul, Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms, 2017"),
        Dataset(
            "mnist", "MNIST", null,
            "70,000 grayscale images of handwritten digits, 28 x 28, in 10 classes. The classic first exercise; almost any network exceeds 97% accuracy.",
            "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998"),
        Dataset(
            "cifar-10", "CIFAR-10", null,
            "60,000 color images of animals and vehicles, 32 x 32, in 10 classes. The common benchmark for small convolutional networks.",
            "Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009"),
        Dataset(
            "shapes", "Shapes (synthetic)", "pixel = color of the shape or of the background + N(0, noise^2), clipped to 0..1",
            "Color images, 32 x 32, of ten kinds of shapes with random positions, sizes and colors. Generated from the seed, "
            + "so it needs no files; useful to try out a convolutional network.",
            "Synthetic data",
            Integer("trainSamples", 10_000, 100, 100_000, "Images before the validation split.", "samples"),
            Integer("testSamples", 2_000, 100, 100_000, "Images of the test set.", "samples"),
            Number("noise", 0.1, 0, 1, "Standard deviation of the noise on each color value of 0 to 1.")),
        Points(
            "xor", "XOR", "(a, b) + N(0, noise^2), a and b 0 or 1; class = a xor b",
            "Points around the four corners of a square, labeled by the exclusive or of their coordinates. A single layer cannot "
            + "separate them; one hidden layer can.",
            "Minsky, Papert: Perceptrons, 1969",
            Number("noise", 0.1, 0, 1, "Standard deviation of a point around its corner; the corners are at 0 and 1.")),
        Points(
            "circles", "Two circles", "r (cos u, sin u) + N(0, noise^2), u uniform on 0..2 pi; class 0: r = sqrt(U(0, 1)) / 2, class 1: r = 1",
            "A ring around a disk. No straight line separates them; a few hidden units do.",
            "Synthetic data",
            Number("noise", 0.1, 0, 1, "Standard deviation of the noise on each coordinate.")),
        Points(
            "moons", "Two moons", "class 0: (cos u, sin u), class 1: (1 - cos u, 1/2 - sin u), u uniform on 0..pi; + N(0, noise^2)",
            "Two interleaving half circles. A simple test of a curved decision boundary.",
            "Synthetic data",
            Number("noise", 0.1, 0, 1, "Standard deviation of the noise on each coordinate.")),
        Points(
            "spiral", "Spirals", "r (cos v, sin v) + N(0, noise^2), v = 2 pi class / classes + 4 r, r uniform on 0..1",
            "Interleaved spiral arms. Needs several hidden units or layers; shows the benefit of depth.",
            "Lang, Witbrock: Learning to Tell Two Spirals Apart, 1988",
            Integer("classes", 3, 2, 10, "Number of classes."),
            Number("noise", 0.05, 0, 1, "Standard deviation of the noise on each coordinate.")),
        Points(
            "blobs", "Gaussian blobs", "(cos v, sin v) + N(0, noise^2), v = 2 pi class / classes",
            "One Gaussian cluster per class. Linearly separable while the noise is small.",
            "Synthetic data",
            Integer("classes", 3, 2, 10, "Number of classes."),
            Number("noise", 0.3, 0, 2, "Standard deviation of the noise on each coordinate.")),
        Points(
            "mixture", "Gaussian mixture", "one of the class's three centers + N(0, noise^2); centers uniform on the square from -1.5 to 1.5",
            "Each class is a mixture of three overlapping clusters at random positions. Even the best boundary makes errors, so it shows overfitting.",
            "Synthetic data",
            Integer("classes", 3, 2, 10, "Number of classes."),
            Number("noise", 0.4, 0, 2, "Standard deviation of the noise on each coordinate.")),
    ];

    private static TechniqueDefinition Points(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Dataset(
            name, title, formula, explanation, source,
            [
                Integer("trainSamples", 400, 20, 100_000, "Points before the validation split.", "samples"),
                Integer("testSamples", 200, 20, 100_000, "Points of the test set.", "samples"),
                .. parameters,
            ]);

    private static TechniqueDefinition Dataset(
        string name, string title, string? formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Dataset, "/data/dataset", name, title, formula, explanation, source, parameters);
}
