using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Update rules. In the formulas g is the gradient, w the weights, a the learning rate.</summary>
internal static class OptimizerCatalog
{
    private const string EpsilonMeaning = "Keeps the division finite; a larger value damps the first steps.";

    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Optimizer(
            "sgd", "Stochastic gradient descent", "w <- w - a g", 0,
            "The plain step against the gradient: batch gradient descent with batchSize \"full\", mini-batch with n, stochastic in the strict sense with 1. The baseline that every "
            + "other rule is measured by; slow in long narrow valleys, where it zigzags.",
            "Robbins, Monro: A Stochastic Approximation Method, 1951",
            LearningRate(0.1)),
        Optimizer(
            "momentum", "Momentum", "v <- r v - a g; w <- w + v", 1,
            "The heavy-ball form: past steps are remembered, so that steps along a valley add up and steps across it cancel. A strong default for "
            + "convolutional networks. The two forms differ while the learning rate changes: heavy_ball keeps old step lengths, pytorch "
            + "(v <- r v + g; w <- w - a v) applies the new rate to the whole memory at once.",
            "Polyak: Some methods of speeding up the convergence of iteration methods, 1964; torch.optim.SGD",
            LearningRate(0.05), Momentum(), Form("heavy_ball")),
        Optimizer(
            "nesterov", "Nesterov momentum", "v <- r v - a g(w + r v); w <- w + v", 1,
            "Momentum whose gradient is taken where the momentum is about to lead, which corrects an overshoot one step earlier. Use it wherever "
            + "momentum overshoots. The pytorch form (v <- r v + g; w <- w - a (g + r v)) writes the same idea at the shifted point. In both, "
            + "what is validated and kept is the point where the gradient is taken, w + r v.",
            "Nesterov: A method for solving the convex programming problem with convergence rate O(1/k^2), 1983; Sutskever et al., 2013; torch.optim.SGD",
            LearningRate(0.05), Momentum(), Form("look_ahead")),
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
            Beta1(),
            Beta2(),
            Epsilon(1e-8),
            Flag("biasCorrection", true, "Divide the two means by 1 - b^t. Without it the first steps are far too short or too long.")),
        Optimizer(
            "adamw", "AdamW", "w <- w - a l w; then Adam's step; l is the strength of /training/weightDecay", 2,
            "Adam with decoupled weight decay (0.01 if the spec says nothing of it), which is what an L2 penalty was meant to do; without decay it is Adam. "
            + "The usual choice when Adam and weight decay are used together.",
            "Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019",
            LearningRate(0.001), Beta1(), Beta2(), Epsilon(1e-8)),
        Optimizer(
            "adadelta", "AdaDelta", "G <- c G + (1 - c) g^2; d = sqrt(D + e) / sqrt(G + e) g; D <- c D + (1 - c) d^2; w <- w - a d", 2,
            "RMSProp whose step has the unit of the weights, so that the learning rate of 1 hardly needs tuning. Use it where nobody tunes; it starts slowly.",
            "Zeiler: ADADELTA: An Adaptive Learning Rate Method, 2012",
            LearningRate(1), Number("decay", 0.9, 0, 1, "Share of the old means that is kept (c): 0.9 as in PyTorch; Zeiler's paper takes 0.95.", below: true), Epsilon(1e-6)),
        Optimizer(
            "nadam", "NAdam",
            "m <- b1 m + (1 - b1) g; G <- b2 G + (1 - b2) g^2; w <- w - a ((1 - u_t) / (1 - U_t) g + u_(t+1) / (1 - U_(t+1)) m) / (sqrt(G / (1 - b2^t)) + e), "
            + "u_t = b1 (1 - 0.5 * 0.96^(0.004 t)), U_t = u_1 u_2 ... u_t", 2,
            "Adam with Nesterov's correction. Try it where Adam overshoots early.",
            "Dozat: Incorporating Nesterov Momentum into Adam, 2016; torch.optim.NAdam",
            LearningRate(0.002), Beta1(), Beta2(), Epsilon(1e-8)),
        Optimizer(
            "adamax", "AdaMax", "m <- b1 m + (1 - b1) g; u <- max(b2 u, |g| + e); w <- w - a / (1 - b1^t) m / u", 2,
            "Adam with the largest recent gradient instead of the root mean square: the step is bounded by the learning rate. Good for rare, large gradients.",
            "Kingma, Ba: Adam: A Method for Stochastic Optimization, 2015, section 7.1",
            LearningRate(0.002), Beta1(), Beta2(), Epsilon(1e-8)),
        Optimizer(
            "lion", "Lion", "w <- w - a sign(b1 m + (1 - b1) g); m <- b2 m + (1 - b2) g", 1,
            "Only the sign of the smoothed gradient counts, so every weight moves by the same length. Wants a learning rate 3 to 10 times below Adam's and "
            + "a decay as much larger; saves one number per weight.",
            "Chen et al.: Symbolic Discovery of Optimization Algorithms, 2023",
            LearningRate(0.0001), Beta1(), Number("beta2", 0.99, 0, 1, "Share of the old mean gradient that is kept (b2).", below: true)),
        Optimizer(
            "muon", "Muon", "m <- r m + g; w <- w - a sqrt(max(1, rows / columns)) orthogonal(g + r m)", 1,
            "Replaces the step of each weight matrix or filter bank by the nearest orthogonal matrix, so that all directions are learned at the same pace. "
            + "Biases and batch norm take Adam's step at adamRate; decoupled decay pulls all of them with a. Very fast on small image networks.",
            "Jordan et al.: Muon: An optimizer for hidden layers in neural networks, 2024 (Newton-Schulz iteration, 5 steps)",
            LearningRate(0.02), Number("momentum", 0.95, 0, 1, "Share of the old gradient that is kept (r).", below: true),
            Integer("iterations", 5, 1, 20, "Newton-Schulz iterations."),
            Number("adamRate", 0.001, 0, 1, "Learning rate of Adam for parameters that are not matrices, and for the output layer.", above: true)),
    ];

    private static TechniqueDefinition Optimizer(
        string name, string title, string formula, int stateTensors, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Optimizer, "/training/optimizer", name, title, formula, explanation, source, parameters) with { StateTensors = stateTensors };

    private static ParameterDefinition LearningRate(double defaultValue) =>
        Number("learningRate", defaultValue, 0, 100, "Length of a step (a). The first thing to tune: try powers of ten around the default.", above: true);

    private static ParameterDefinition Momentum() => Number("momentum", 0.9, 0, 1, "Share of the last step that is kept (r).", below: true);

    private static ParameterDefinition Form(string own) =>
        Choice("form", own, [own, "pytorch"], "The rule as in the formula, or as PyTorch writes it.");

    private static ParameterDefinition Beta1() => Number("beta1", 0.9, 0, 1, "Share of the old mean gradient that is kept (b1).", below: true);

    private static ParameterDefinition Beta2() => Number("beta2", 0.999, 0, 1, "Share of the old squared gradients that is kept (b2).", below: true);

    // Below about 1e-38 it would be 0 in float32, and the step of a weight without gradient 0 / 0.
    private static ParameterDefinition Epsilon(double defaultValue) => Number("epsilon", defaultValue, 1e-30, 1, EpsilonMeaning);
}
