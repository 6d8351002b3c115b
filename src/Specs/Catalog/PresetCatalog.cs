using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Ready networks. Activation, initialisation, batch norm and dropout are chosen beside them, so that they can be compared.</summary>
internal static class PresetCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Preset(
            "perceptron", "Perceptron", "One layer: inputs times weights plus bias. What a single layer can do, and what it cannot (XOR).",
            "Rosenblatt: The Perceptron, 1958"),
        Preset(
            "mlp-5x100", "Five layers of 100 units", "The network of the lectures on optimizers and initialisation: deep enough to show both, small enough to train in seconds.",
            "Saito: Deep Learning from Scratch, 2016, chapter 6"),
        Preset(
            "lenet", "LeNet-5", "Two convolutions with average pooling and two dense layers. The first convolutional network in use; trains in a minute.",
            "LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998"),
        Preset(
            "assignment", "The assignment", "Seven convolutions in four blocks with max pooling, then one dense layer. Use it with batch norm and dropout to pass 65 % on CIFAR-10 within minutes.",
            "The shape of VGG: Simonyan, Zisserman, 2015", Width()),
        Preset(
            "fitnet4", "FitNet-4", "Seventeen thin convolutions in four blocks. Deep enough that initialisation and activation decide whether it learns at all.",
            "Romero et al.: FitNets, 2015; Mishkin, Matas, 2016, table 2", Width(), Number("depth", 1, 0.1, 4, "Factor on the number of convolutions of each block.")),
        Preset(
            "resnet9", "ResNet-9", "Eight convolutions, four of them within two shortcuts. The fastest way to more than 90 % on CIFAR-10 for its size.",
            "Page: How to Train Your ResNet, 2018", Width()),
    ];

    private static TechniqueDefinition Preset(string name, string title, string explanation, string source, params ParameterDefinition[] parameters) => new()
    {
        Kind = TechniqueKind.Preset,
        Name = name,
        Title = title,
        Explanation = explanation,
        Source = source,
        Parameters = parameters,
    };

    private static ParameterDefinition Width() => Number("width", 1, 0.05, 8, "Factor on the number of filters and units of each layer.");
}
