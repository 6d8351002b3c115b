using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Distributions of the first weights. n_in and n_out are a layer's inputs and outputs per position (fan in, fan out).</summary>
internal static class InitializationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Initialization(
            "zeros", "Zeros", "w = 0",
            "Every unit of a layer stays the same as its neighbours, because all get the same gradient. Shows why weights must start different; of no other use.",
            "Rumelhart, Hinton, Williams: Learning Internal Representations by Error Propagation, 1986"),
        Initialization(
            "normal", "Normal with a fixed spread", "w ~ N(0, std^2)",
            "One spread for every layer, whatever its size. Deep networks show what is wrong with it: 1 saturates them, 0.01 makes "
            + "every layer's output the same.",
            "The practice before Glorot, Bengio, 2010",
            Number("std", 0.01, 0, 10, "Standard deviation.", above: true)),
        Initialization(
            "xavier", "Xavier (Glorot)", "Var(w) = 2 / (n_in + n_out), or 1 / n_in",
            "Keeps the spread of activations and gradients equal from layer to layer while the activation is near linear. Use it "
            + "with tanh and sigmoid.",
            "Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, equation 16",
            Distribution(),
            Choice("variant", "average", ["average", "fan_in"], "2 / (n_in + n_out) as in the paper, or 1 / n_in as in many lectures.")),
        Initialization(
            "he", "He (Kaiming, MSRA)", "Var(w) = 2 / n, n = n_in or n_out",
            "Xavier with a factor 2 for the half of the values that ReLU sets to zero. The default for ReLU and its relatives.",
            "He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015, equations 10 and 14",
            Distribution(),
            Choice("mode", "fan_in", ["fan_in", "fan_out"], "Keep the spread of activations (fan_in) or of gradients (fan_out).")),
        Initialization(
            "uniform", "Uniform with a fixed limit", "w ~ U(-limit, limit)",
            "One range for every layer, whatever its size: as normal with std = limit / sqrt(3). Use it to see what a start that ignores the layer's size does.",
            "The practice before Glorot, Bengio, 2010",
            Number("limit", 0.05, 0, 10, "Largest absolute value.", above: true)),
        Initialization(
            "lecun", "LeCun", "Var(w) = 1 / n_in",
            "Keeps the spread of activations where the activation is near linear. Made for tanh; the right partner of SELU.",
            "LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998, section 4.6",
            Distribution()),
        Initialization(
            "orthogonal", "Orthogonal", "W W^T = gain^2 I where n_out <= n_in, W^T W = gain^2 I where n_out >= n_in; W is n_out x n_in",
            "A random rotation: no direction of the input is stretched or lost. Lets very deep linear and tanh networks learn.",
            "Saxe, McClelland, Ganguli: Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2014",
            Number("gain", 1, 0, 10, "Length of each row, or of each column where there are more outputs than inputs.", above: true)),
        Initialization(
            "orthogonal_msra", "Orthogonal, scaled as He", "orthogonal with gain 1, then W <- W sqrt(2 max(n_in, n_out) / n_in), so that Var(w) = 2 / n_in",
            "A rotation with He's variance. Try it for deep, thin ReLU networks, where independent draws leave some directions weak.",
            "Mishkin, Matas: All you need is a good init, 2016, table 3 (Orthonormal-MSRA)"),
        Initialization(
            "lsuv", "LSUV", "orthogonal with gain 1, then W <- W / std(output), layer by layer, until std(output) = 1 on a batch",
            "Orthonormal weights, then each layer in turn is scaled until its output on one batch of data has variance 1. Works with any activation because it "
            + "measures instead of deriving.",
            "Mishkin, Matas: All you need is a good init, 2016, algorithm 1",
            Number("tolerance", 0.1, 0.001, 1, "Allowed distance of the output's variance from 1."),
            Integer("iterations", 10, 1, 100, "Most scalings per layer.")),
    ];

    private static TechniqueDefinition Initialization(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Initialization, "/model/initialization", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition Distribution() =>
        Choice("distribution", "normal", ["normal", "uniform"], "Shape of the distribution; the variance is the same.");
}
