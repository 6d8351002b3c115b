using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Non-linearities.</summary>
internal static class ActivationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Activation(
            "sigmoid", "Sigmoid", "1 / (1 + exp(-x))",
            "Squashes to 0..1 with a slope of at most 1/4, so gradients shrink from layer to layer. For showing vanishing gradients, not for deep networks.",
            "Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986"),
        Activation(
            "tanh", "Hyperbolic tangent", "tanh(x)",
            "Squashes to -1..1 around zero with a slope of at most 1. Better than sigmoid in hidden layers; still saturates.",
            "LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998"),
        Activation(
            "relu", "ReLU", "max(0, x)",
            "Passes positive values unchanged, so their gradient does not shrink. The default; a unit that never fires again is dead.",
            "Nair, Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, 2010"),
        Activation(
            "leaky_relu", "Leaky ReLU", "x if x > 0, else slope x",
            "A ReLU that keeps a small slope below zero, so that no unit dies. Slopes in use: 0.01, 0.1, and 1/3 (very leaky).",
            "Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013",
            Number("slope", 0.01, 0, 1, "Slope below zero.")),
        Activation(
            "elu", "ELU", "x if x > 0, else alpha (exp(x) - 1)",
            "Smooth below zero with a floor of -alpha, which pulls the mean activation towards zero. Dearer to compute than ReLU.",
            "Clevert, Unterthiner, Hochreiter: Fast and Accurate Deep Network Learning by Exponential Linear Units, 2016",
            Number("alpha", 1, 0, 10, "Depth of the floor below zero.", above: true)),
    ];

    private static TechniqueDefinition Activation(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) => new()
        {
            Kind = TechniqueKind.Activation,
            Name = name,
            Title = title,
            Formula = formula,
            Explanation = explanation,
            Source = source,
            Parameters = parameters,
        };
}
