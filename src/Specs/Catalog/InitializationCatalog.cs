using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Distributions of the first weights. n_in and n_out are a layer's inputs and outputs per position (fan in, fan out).</summary>
internal static class InitializationCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        new()
        {
            Kind = TechniqueKind.Initialization,
            Name = "normal",
            Title = "Normal with a fixed spread",
            Formula = "w ~ N(0, std^2)",
            Explanation = "One spread for every layer, whatever its size. Deep networks show what is wrong with it: 1 saturates them, 0.01 makes "
                + "every layer's output the same.",
            Source = "The practice before Glorot, Bengio, 2010",
            Parameters = [Number("std", 0.01, 0, 10, "Standard deviation.", above: true)],
        },
        new()
        {
            Kind = TechniqueKind.Initialization,
            Name = "xavier",
            Title = "Xavier (Glorot)",
            Formula = "Var(w) = 2 / (n_in + n_out), or 1 / n_in",
            Explanation = "Keeps the spread of activations and gradients equal from layer to layer while the activation is near linear. Use it "
                + "with tanh and sigmoid.",
            Source = "Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, 2010, equation 16",
            Parameters =
            [
                Distribution(),
                Choice("variant", "average", ["average", "fan_in"], "2 / (n_in + n_out) as in the paper, or 1 / n_in as in many lectures."),
            ],
        },
        new()
        {
            Kind = TechniqueKind.Initialization,
            Name = "he",
            Title = "He (Kaiming, MSRA)",
            Formula = "Var(w) = 2 / n",
            Explanation = "Xavier with a factor 2 for the half of the values that ReLU sets to zero. The default for ReLU and its relatives.",
            Source = "He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015, equations 10 and 14",
            Parameters =
            [
                Distribution(),
                Choice("mode", "fan_in", ["fan_in", "fan_out"], "Keep the spread of activations (fan_in) or of gradients (fan_out)."),
            ],
        },
    ];

    private static ParameterDefinition Distribution() =>
        Choice("distribution", "normal", ["normal", "uniform"], "Shape of the distribution; the variance is the same.");
}
