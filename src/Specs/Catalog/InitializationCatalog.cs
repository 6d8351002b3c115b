using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Distributions of the initial weights. n_in and n_out are a layer's inputs and outputs per position (fan in, fan out).</summary>
internal static class InitializationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Initialization(
            "zeros", "Zeros", "w = 0",
            "All units of a layer stay equal, because they get the same gradient. Only useful to demonstrate why initial weights must differ.",
            "Rumelhart, Hinton, Williams: Learning Internal Representations by Error Propagation, 1986"),
        Initialization(
            "normal", "Normal (fixed std)", "w ~ N(0, std^2)",
            "The same standard deviation for every layer, whatever its size. In deep networks 1 saturates the activations, and 0.01 makes the outputs of "
            + "all units nearly equal.",
            "The practice before Glorot, Bengio, 2010",
            Number("std", 0.01, 0, 10, "Standard deviation.", above: true)),
        Initialization(
            "xavier", "Xavier (Glorot)", "Var(w) = 2 / (n_in + n_out), or 1 / n_in",
            "Keeps the variance of activations and gradients equal across layers while the activation is near linear. Use it "
            + "with tanh and sigmoid.",
            "Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, equation 16",
            Distribution(),
            Choice("variant", "average", ["average", "fan_in"], "2 / (n_in + n_out) as in the paper, or 1 / n_in.")),
        Initialization(
            "he", "He (Kaiming, MSRA)", "Var(w) = 2 / n, n = n_in or n_out",
            "Xavier with a factor of 2 for the half of the values that ReLU sets to zero. The default for ReLU and its variants.",
            "He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015, equations 10 and 14",
            Distribution(),
            Choice("mode", "fan_in", ["fan_in", "fan_out"], "Keep the variance of activations (fan_in) or of gradients (fan_out).")),
        Initialization(
            "uniform", "Uniform (fixed limit)", "w ~ U(-limit, limit)",
            "The same range for every layer, whatever its size: like normal with std = limit / sqrt(3). Useful to see the effect of ignoring the size of a layer.",
            "The practice before Glorot, Bengio, 2010",
            Number("limit", 0.05, 0, 10, "Maximum absolute value.", above: true)),
        Initialization(
            "lecun", "LeCun", "Var(w) = 1 / n_in",
            "Keeps the variance of activations while the activation is near linear. Derived for tanh; use it with SELU.",
            "LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998, section 4.6",
            Distribution()),
        Initialization(
            "orthogonal", "Orthogonal", "W W^T = gain^2 I where n_out <= n_in, W^T W = gain^2 I where n_out >= n_in; W is n_out x n_in",
            "A random rotation: no direction of the input is stretched or lost. Makes very deep linear and tanh networks trainable.",
            "Saxe, McClelland, Ganguli: Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2014",
            Number("gain", 1, 0, 10, "Norm of each row, or of each column where there are more outputs than inputs.", above: true)),
        Initialization(
            "orthogonal_msra", "Orthogonal × He gain", "orthogonal with gain 1, then W <- W sqrt(2 max(n_in, n_out) / n_in), so that Var(w) = 2 / n_in",
            "A rotation with the variance of He. Try it for deep, thin ReLU networks, where independent draws leave some directions weak.",
            "Mishkin, Matas: All you need is a good init, 2016, table 3 (Orthonormal-MSRA)"),
        Initialization(
            "lsuv", "LSUV", "orthogonal with gain 1, then W <- W / std(output), layer by layer, until std(output) = 1 on a batch",
            "Orthonormal weights; then each layer in turn is scaled until its output on one batch of data has variance 1. Works with any activation, because the variance is "
            + "measured.",
            "Mishkin, Matas: All you need is a good init, 2016, algorithm 1",
            Number("tolerance", 0.1, 0.001, 1, "Allowed deviation of the output variance from 1."),
            Integer("iterations", 10, 1, 100, "Maximum number of scalings per layer.")),
    ];

    private static TechniqueDefinition Initialization(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Initialization, "/model/initialization", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition Distribution() =>
        Choice("distribution", "normal", ["normal", "uniform"], "Shape of the distribution, with the same variance.");
}
