using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Update rules. In the formulas g is the gradient, w the weights, a the learning rate.</summary>
internal static class OptimizerCatalog
{
    private const string EpsilonMeaning = "Added to the denominator for numerical stability; a larger value reduces the first steps.";

    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Optimizer(
            "sgd", "SGD", "w <- w - a g", 0,
            "Stochastic gradient descent: a step against the gradient: batch gradient descent with batchSize \"full\", mini-batch gradient descent with n, strictly stochastic with 1. The baseline for every "
            + "other optimizer; slow in long narrow valleys, where it oscillates.",
            "Robbins, Monro: A Stochastic Approximation Method, 1951",
            LearningRate(0.1)),
        Optimizer(
            "momentum", "Momentum", "v <- r v - a g; w <- w + v", 1,
            "Heavy-ball momentum: past steps accumulate, so that steps along a valley add up and steps across it cancel. A strong default for "
            + "convolutional networks. The two forms differ while the learning rate changes: heavy_ball keeps the length of past steps, pytorch "
            + "(v <- r v + g; w <- w - a v) applies the new rate to all of them.",
            "Polyak: Some methods of speeding up the convergence of iteration methods, 1964; torch.optim.SGD",
            LearningRate(0.05), Momentum(), Form("heavy_ball")),
        Optimizer(
            "nesterov", "Nesterov momentum", "v <- r v - a g(w + r v); w <- w + v", 1,
            "Momentum with the gradient at the look-ahead point, which corrects an overshoot one step earlier. Use it where "
            + "momentum overshoots. The pytorch form (v <- r v + g; w <- w - a (g + r v)) is formulated at the shifted point. In both, "
            + "the weights that are validated and saved are those at the look-ahead point, w + r v.",
            "Nesterov: A method for solving the convex programming problem with convergence rate O(1/k^2), 1983; Sutskever et al., 2013; torch.optim.SGD",
            LearningRate(0.05), Momentum(), Form("look_ahead")),
        Optimizer(
            "adagrad", "AdaGrad", "G <- G + g^2; w <- w - a g / (sqrt(G) + e)", 1,
            "Each weight has its own step size, divided by the root of the sum of all its squared gradients. Good for rare features; the step size "
            + "only ever shrinks.",
            "Duchi, Hazan, Singer: Adaptive Subgradient Methods, 2011",
            LearningRate(0.01), Epsilon(1e-10)),
        Optimizer(
            "rmsprop", "RMSProp", "G <- c G + (1 - c) g^2; w <- w - a g / (sqrt(G) + e)", 1,
            "AdaGrad with a moving average, so that the step size does not vanish. Use it for noisy problems on which AdaGrad stalls.",
            "Tieleman, Hinton: Lecture 6.5, Neural Networks for Machine Learning, 2012",
            LearningRate(0.001), Number("decay", 0.9, 0, 1, "Decay rate of the moving average of squared gradients (c).", below: true), Epsilon(1e-8)),
        Optimizer(
            "adam", "Adam",
            "m <- b1 m + (1 - b1) g; G <- b2 G + (1 - b2) g^2; w <- w - a (m / (1 - b1^t)) / (sqrt(G / (1 - b2^t)) + e)", 2,
            "Momentum and RMSProp combined, with bias correction. Learns fast with little tuning; well-tuned momentum often "
            + "generalizes as well or better.",
            "Kingma, Ba: Adam: A Method for Stochastic Optimization, 2015",
            LearningRate(0.001),
            Beta1(),
            Beta2(),
            Epsilon(1e-8),
            Flag("biasCorrection", true, "Divide both moving averages by 1 - b^t. Without it the first steps are far too small or too large.")),
        Optimizer(
            "adamw", "AdamW", "w <- w - a l w; then Adam's step; l is the strength of /training/weightDecay", 2,
            "Adam with decoupled weight decay (0.01 by default); without decay it is Adam. "
            + "The usual choice when Adam and weight decay are used together.",
            "Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019",
            LearningRate(0.001), Beta1(), Beta2(), Epsilon(1e-8)),
        Optimizer(
            "adadelta", "AdaDelta", "G <- c G + (1 - c) g^2; d = sqrt(D + e) / sqrt(G + e) g; D <- c D + (1 - c) d^2; w <- w - a d", 2,
            "RMSProp with steps in the unit of the weights, so that the learning rate of 1 rarely needs tuning. Use it without tuning; it starts slowly.",
            "Zeiler: ADADELTA: An Adaptive Learning Rate Method, 2012",
            LearningRate(1), Number("decay", 0.9, 0, 1, "Decay rate of the moving averages (c): 0.9 as in PyTorch; the paper uses 0.95.", below: true), Epsilon(1e-6)),
        Optimizer(
            "nadam", "NAdam",
            "m <- b1 m + (1 - b1) g; G <- b2 G + (1 - b2) g^2; w <- w - a ((1 - u_t) / (1 - U_t) g + u_(t+1) / (1 - U_(t+1)) m) / (sqrt(G / (1 - b2^t)) + e), "
            + "u_t = b1 (1 - 0.5 * 0.96^(0.004 t)), U_t = u_1 u_2 ... u_t", 2,
            "Adam with Nesterov momentum. Try it where Adam overshoots early.",
            "Dozat: Incorporating Nesterov Momentum into Adam, 2016; torch.optim.NAdam",
            LearningRate(0.002), Beta1(), Beta2(), Epsilon(1e-8)),
        Optimizer(
            "adamax", "AdaMax", "m <- b1 m + (1 - b1) g; u <- max(b2 u, |g| + e); w <- w - a / (1 - b1^t) m / u", 2,
            "Adam with the largest recent gradient instead of the root mean square: the step is bounded by the learning rate. Suited to rare, large gradients.",
            "Kingma, Ba: Adam: A Method for Stochastic Optimization, 2015, section 7.1",
            LearningRate(0.002), Beta1(), Beta2(), Epsilon(1e-8)),
        Optimizer(
            "lion", "Lion", "w <- w - a sign(b1 m + (1 - b1) g); m <- b2 m + (1 - b2) g", 1,
            "Only the sign of the smoothed gradient is used, so every weight changes by the same amount. Use a learning rate 3 to 10 times smaller than for Adam, and "
            + "a weight decay as much larger; keeps one value less per weight.",
            "Chen et al.: Symbolic Discovery of Optimization Algorithms, 2023",
            LearningRate(0.0001), Beta1(), Number("beta2", 0.99, 0, 1, "Decay rate of the moving average of gradients (b2).", below: true)),
        Optimizer(
            "muon", "Muon", "m <- r m + g; w <- w - a sqrt(max(1, rows / columns)) orthogonal(g + r m)", 1,
            "Replaces the step of each weight matrix or convolution kernel by the nearest orthogonal matrix, so that all directions are learned at the same pace. "
            + "Biases and batch norm use Adam with adamRate; decoupled decay uses a for all of them. Very fast on small image networks.",
            "Jordan et al.: Muon: An optimizer for hidden layers in neural networks, 2024 (Newton-Schulz iteration, 5 steps)",
            LearningRate(0.02), Number("momentum", 0.95, 0, 1, "Momentum of the gradient (r).", below: true),
            Integer("iterations", 5, 1, 20, "Newton-Schulz iterations."),
            Number("adamRate", 0.001, 0, 1, "Learning rate of Adam, for parameters that are not matrices and for the output layer.", above: true)),
    ];

    private static TechniqueDefinition Optimizer(
        string name, string title, string formula, int stateTensors, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Optimizer, "/training/optimizer", name, title, formula, explanation, source, parameters) with { StateTensors = stateTensors };

    private static ParameterDefinition LearningRate(double defaultValue) =>
        Number("learningRate", defaultValue, 0, 100, "Step size (a). Tune it first: try powers of ten around the default.", above: true);

    private static ParameterDefinition Momentum() => Number("momentum", 0.9, 0, 1, "Momentum: share of the last step that is kept (r).", below: true);

    private static ParameterDefinition Form(string own) =>
        Choice("form", own, [own, "pytorch"], "The update rule of the formula, or that of PyTorch.");

    private static ParameterDefinition Beta1() => Number("beta1", 0.9, 0, 1, "Decay rate of the moving average of gradients (b1).", below: true);

    private static ParameterDefinition Beta2() => Number("beta2", 0.999, 0, 1, "Decay rate of the moving average of squared gradients (b2).", below: true);

    // Below about 1e-38 it would be 0 in float32, and the step of a weight without gradient 0 / 0.
    private static ParameterDefinition Epsilon(double defaultValue) => Number("epsilon", defaultValue, 1e-30, 1, EpsilonMeaning);
}
