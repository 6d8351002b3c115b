using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

internal static class ActivationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Activation(
            "sigmoid", "Sigmoid", "1 / (1 + exp(-x))",
            "Maps to 0..1 with a slope of at most 1/4, so gradients shrink from layer to layer. Useful to demonstrate vanishing gradients; unsuited to deep networks.",
            "Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986"),
        Activation(
            "tanh", "Tanh", "tanh(x)",
            "The hyperbolic tangent. Maps to -1..1, centered at zero, with a slope of at most 1. Better than sigmoid in hidden layers, but still saturates.",
            "LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998"),
        Activation(
            "relu", "ReLU", "max(0, x)",
            "Passes positive values unchanged, so their gradient does not shrink. The default. A unit that is 0 for every sample is dead: it gets no gradient.",
            "Nair, Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, 2010"),
        Activation(
            "leaky_relu", "Leaky ReLU", "x if x > 0, else slope x",
            "ReLU with a small slope below zero, so that no unit dies. Common slopes: 0.01, 0.1, and 1/3 (very leaky).",
            "Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013",
            Number("slope", 0.01, 0, 1, "Slope below zero.")),
        Activation(
            "elu", "ELU", "x if x > 0, else alpha (exp(x) - 1)",
            "Smooth below zero with a minimum of -alpha, which moves the mean activation towards zero. Use it in deep networks without batch norm, or where ReLU units die; slower "
            + "than ReLU.",
            "Clevert, Unterthiner, Hochreiter: Fast and Accurate Deep Network Learning by Exponential Linear Units, 2016",
            Number("alpha", 1, 0, 10, "Minimum is -alpha.", above: true)),
        Activation(
            "prelu", "PReLU", "x if x > 0, else s x, s trainable",
            "Leaky ReLU with a trainable slope. Helps on large datasets; can overfit on small ones.",
            "He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015",
            Number("slope", 0.25, 0, 1, "Initial slope."),
            Flag("perChannel", true, "One slope per channel or unit instead of one per layer.")),
        Activation(
            "selu", "SELU", "1.0507 (x if x > 0, else 1.6733 (exp(x) - 1))",
            "ELU with the two constants that drive activations towards mean 0 and variance 1. Use it with lecun initialization and without batch norm.",
            "Klambauer, Unterthiner, Mayr, Hochreiter: Self-Normalizing Neural Networks, 2017"),
        Activation(
            "maxout", "Maxout", "y_i = max(x_(k i), x_(k i + 1), ..., x_(k i + k - 1)), i from 0, x the outputs of the layer before, k times as many",
            "Each unit is the maximum of k linear functions, so it learns its own activation. Designed for dropout; the layer before it costs k times as much.",
            "Goodfellow, Warde-Farley, Mirza, Courville, Bengio: Maxout Networks, 2013, section 3",
            Integer("pieces", 2, 2, 8, "Linear functions per unit (k).")),
        Activation(
            "silu", "SiLU (swish)", "x / (1 + exp(-x))",
            "Also called swish: a smooth ReLU with a small minimum below zero. Often slightly better than ReLU in deep networks, and slower.",
            "Elfwing, Uchibe, Doya: Sigmoid-Weighted Linear Units, 2018; Ramachandran, Zoph, Le: Searching for Activation Functions, 2017"),
        Activation(
            "gelu", "GELU", "x Phi(x), Phi the normal distribution function",
            "ReLU with a soft, probabilistic gate; the usual choice in transformers. Slow on processors without a fast kernel for it.",
            "Hendrycks, Gimpel: Gaussian Error Linear Units, 2016"),
        Activation(
            "identity", "Identity", "x",
            "No activation: the whole network is one linear function, however deep. Useful to demonstrate why activations are needed.",
            "Saxe, McClelland, Ganguli: Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2014"),
    ];

    private static TechniqueDefinition Activation(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Activation, "/model/activation", name, title, formula, explanation, source, parameters);
}
