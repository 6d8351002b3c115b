using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Update rules. In the formulas g is the gradient, w the weights, a the learning rate.</summary>
internal static class OptimizerCatalog
{
    private const string EpsilonMeaning = "Keeps the division finite; a larger value damps the first steps.";

    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Optimizer(
            "sgd", "Stochastic gradient descent", "w <- w - a g", 0,
            "The plain step against the gradient. The baseline that every other rule is measured by; slow in long narrow valleys, where it zigzags.",
            "Robbins, Monro: A Stochastic Approximation Method, 1951",
            LearningRate(0.1)),
        Optimizer(
            "momentum", "Momentum", "v <- r v - a g; w <- w + v", 1,
            "The heavy-ball form: past steps are remembered, so that steps along a valley add up and steps across it cancel. A strong default for "
            + "convolutional networks. When the learning rate changes it differs from PyTorch's form (v <- r v + g; w <- w - a v).",
            "Polyak: Some methods of speeding up the convergence of iteration methods, 1964",
            LearningRate(0.05), Momentum()),
        Optimizer(
            "nesterov", "Nesterov momentum", "v <- r v - a g(w + r v); w <- w + v", 1,
            "Momentum whose gradient is taken where the momentum is about to lead, which corrects an overshoot one step earlier. Use it wherever "
            + "momentum overshoots.",
            "Nesterov: A method for solving the convex programming problem with convergence rate O(1/k^2), 1983; Sutskever et al., 2013",
            LearningRate(0.05), Momentum()),
        Optimizer(
            "adagrad", "AdaGrad", "G <- G + g^2; w <- w - a g / (sqrt(G) + e)", 1,
            "Each weight has its own step, divided by the root of all its squared gradients. Good for rare features; on long runs the step "
            + "shrinks for good.",
            "Duchi, Hazan, Singer: Adaptive Subgradient Methods, 2011",
            LearningRate(0.01), Epsilon(1e-10)),
        Optimizer(
            "rmsprop", "RMSProp", "G <- c G + (1 - c) g^2; w <- w - a g / (sqrt(G) + e)", 1,
            "AdaGrad with a memory that fades, so that the step does not die. Use it for noisy problems that AdaGrad stops learning on.",
            "Tieleman, Hinton: Lecture 6.5, Neural Networks for Machine Learning, 2012",
            LearningRate(0.001), Number("decay", 0.9, 0, 1, "Share of the old squared gradients that is kept (c).", below: true), Epsilon(1e-8)),
        Optimizer(
            "adam", "Adam",
            "m <- b1 m + (1 - b1) g; G <- b2 G + (1 - b2) g^2; w <- w - a (m / (1 - b1^t)) / (sqrt(G / (1 - b2^t)) + e)", 2,
            "Momentum and RMSProp together, corrected for their start at zero. Learns fast without much tuning; well-tuned momentum often "
            + "generalises as well or better.",
            "Kingma, Ba: Adam: A Method for Stochastic Optimization, 2015",
            LearningRate(0.001),
            Number("beta1", 0.9, 0, 1, "Share of the old mean gradient that is kept (b1).", below: true),
            Number("beta2", 0.999, 0, 1, "Share of the old squared gradients that is kept (b2).", below: true),
            Epsilon(1e-8)),
    ];

    private static TechniqueDefinition Optimizer(
        string name, string title, string formula, int stateTensors, string explanation, string source, params ParameterDefinition[] parameters) => new()
        {
            Kind = TechniqueKind.Optimizer,
            Name = name,
            Title = title,
            Formula = formula,
            StateTensors = stateTensors,
            Explanation = explanation,
            Source = source,
            Parameters = parameters,
        };

    private static ParameterDefinition LearningRate(double defaultValue) =>
        Number("learningRate", defaultValue, 0, 100, "Length of a step (a). The first thing to tune: try powers of ten around the default.", above: true);

    private static ParameterDefinition Momentum() => Number("momentum", 0.9, 0, 1, "Share of the last step that is kept (r).", below: true);

    private static ParameterDefinition Epsilon(double defaultValue) => Number("epsilon", defaultValue, 0, 1, EpsilonMeaning, above: true);
}
