using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Predefined networks. Activation, initialization, batch norm and dropout are separate settings, so that they can be compared.</summary>
internal static class PresetCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Preset(
            "perceptron", "Perceptron",
            "output",
            "A single linear layer: two classes are separated by a straight line. Use it as the baseline, and to see the limits of a single layer (XOR).",
            "Rosenblatt: The Perceptron, 1958"),
        Preset(
            "mlp-5x100", "MLP 5 × 100",
            "5 x dense 100, output",
            "Five hidden layers of 100 units, to compare optimizers and initializations. Deep enough to show their effect, small enough to train in seconds.",
            "Saito: Deep Learning from Scratch, 2016, chapter 6"),
        Preset(
            "lenet", "LeNet-5",
            "conv 6 (5 x 5), average pool, conv 16 (5 x 5, no padding), average pool, dense 120, dense 84, output",
            "Two convolutions with average pooling and two dense layers. The first convolutional network in practical use; trains in a minute.",
            "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998"),
        Preset(
            "assignment", "VGG-style CNN (7 conv)",
            "conv 32, pool, 2 x conv 64, pool, 2 x conv 128, pool, 2 x conv 256, pool, dense 128, output; filters and units times width",
            "Seven convolutions in four blocks with max pooling, then one dense layer. Use it with batch norm and dropout to exceed 65% on CIFAR-10 within minutes.",
            "The shape of VGG: Simonyan, Zisserman, 2015", Width()),
        Preset(
            "fitnet4", "FitNet-4",
            "3 x conv 32, 2 x conv 48, pool, 6 x conv 80, pool, 6 x conv 128, global max pool, output; filters times width, convolutions times depth",
            "Seventeen thin convolutions in four blocks. Deep enough that it only trains with a suitable initialization and activation.",
            "Romero et al.: FitNets, 2015; Mishkin, Matas, 2016, table 2", Width(), Number("depth", 1, 0.1, 4, "Factor on the number of convolutions of each block.")),
        Preset(
            "resnet9", "ResNet-9",
            "conv 64, conv 128, pool, x + 2 x conv 128, conv 256, pool, conv 512, pool, x + 2 x conv 512, global max pool, output; filters times width",
            "Eight convolutions, four of them in two residual blocks. Exceeds 90% on CIFAR-10 fast for its size.",
            "Page: How to Train Your ResNet, 2018", Width()),
    ];

    private static TechniqueDefinition Preset(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Preset, "/model/preset", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition Width() => Number("width", 1, 0.05, 8, "Factor on the number of filters and units of each layer.");
}
