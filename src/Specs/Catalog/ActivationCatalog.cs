using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

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
            "Smooth below zero with a floor of -alpha, which pulls the mean activation towards zero. Use it in deep networks without batch norm, or where ReLU units die; dearer to "
            + "compute than ReLU.",
            "Clevert, Unterthiner, Hochreiter: Fast and Accurate Deep Network Learning by Exponential Linear Units, 2016",
            Number("alpha", 1, 0, 10, "Depth of the floor below zero.", above: true)),
        Activation(
            "prelu", "PReLU", "x if x > 0, else s x, s learned",
            "A leaky ReLU whose slope is learned with the weights. Helps on large data; on small data it can overfit.",
            "He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015",
            Number("slope", 0.25, 0, 1, "Slope at the start."),
            Flag("perChannel", true, "One slope per channel or unit; otherwise one per layer.")),
        Activation(
            "selu", "SELU", "1.0507 (x if x > 0, else 1.6733 (exp(x) - 1))",
            "ELU with the two constants that make activations drift to mean 0 and variance 1 by themselves. Use it with lecun initialisation and without batch norm.",
            "Klambauer, Unterthiner, Mayr, Hochreiter: Self-Normalizing Neural Networks, 2017"),
        Activation(
            "maxout", "Maxout", "y_i = max(x_(k i), x_(k i + 1), ..., x_(k i + k - 1)), i from 0, x the k times as many outputs of the layer before",
            "Each unit is the largest of k linear functions, so it learns its own activation. Use it with dropout, for which it was made, and where the layer before may cost k times as much.",
            "Goodfellow, Warde-Farley, Mirza, Courville, Bengio: Maxout Networks, 2013, section 3",
            Integer("pieces", 2, 2, 8, "Linear functions per unit (k).")),
        Activation(
            "silu", "SiLU (swish)", "x / (1 + exp(-x))",
            "Also called swish: a smooth ReLU with a small dip below zero. Often a little better than ReLU in deep networks, and dearer.",
            "Elfwing, Uchibe, Doya: Sigmoid-Weighted Linear Units, 2018; Ramachandran, Zoph, Le: Searching for Activation Functions, 2017"),
        Activation(
            "gelu", "GELU", "x Phi(x), Phi the normal distribution function",
            "ReLU with a soft, probabilistic gate; the usual choice in transformers. Dear on processors without a fast kernel for it.",
            "Hendrycks, Gimpel: Gaussian Error Linear Units, 2016"),
        Activation(
            "identity", "Identity", "x",
            "No activation: the whole network is one linear function, however deep. Shows what activations are for.",
            "Saxe, McClelland, Ganguli: Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2014"),
    ];

    private static TechniqueDefinition Activation(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Activation, "/model/activation", name, title, formula, explanation, source, parameters);
}
