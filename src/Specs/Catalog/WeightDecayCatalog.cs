using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

internal static class WeightDecayCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Decay(
            "none", "No weight decay", "w is unchanged",
            "No penalty on the weights. Right for small networks on large datasets.",
            "Baseline for comparison"),
        Decay(
            "l2", "L2 regularization", "g <- g + strength w",
            "Adds strength/2 times the squared weights to the loss. With SGD equivalent to decoupled decay; with adaptive optimizers the penalty "
            + "is divided by the step scale, which weakens it for weights with large gradients. It is added to the gradient after clipping, and reported losses exclude it.",
            "Krogh, Hertz: A Simple Weight Decay Can Improve Generalization, 1991",
            Number("strength", 0.0005, 0, 10, "Weight of the penalty."), BiasAndNorm()),
        Decay(
            "decoupled", "Decoupled weight decay", "w <- w - a strength w (pytorch) or w <- w - s strength w (paper), then the optimizer's step",
            "Shrinks every weight by the same share, independent of the optimizer. The right form for Adam and its variants.",
            "Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019, algorithm 2; torch.optim.AdamW",
            Number("strength", 0.01, 0, 10, "Share of each weight that is subtracted per step, times the learning rate (pytorch) or the factor of the schedule (paper)."),
            Choice(
                "form", "pytorch", ["pytorch", "paper"],
                "pytorch: proportional to the learning rate a. paper: proportional only to the factor s of the schedule (1 to 0), so that learning rate and decay are tuned independently; "
                + "the same decay needs a strength smaller by the learning rate."),
            BiasAndNorm()),
        Decay(
            "l1", "L1 regularization", "g <- g + strength sign(w)",
            "Adds strength times the absolute weights to the loss: a constant force that drives unneeded weights to zero. Use it to see which weights matter. "
            + "It is added to the gradient after clipping, and reported losses exclude it.",
            "Tibshirani: Regression Shrinkage and Selection via the Lasso, 1996",
            Number("strength", 0.00001, 0, 10, "Weight of the penalty."), BiasAndNorm()),
    ];

    private static TechniqueDefinition Decay(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.WeightDecay, "/training/weightDecay", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition BiasAndNorm() =>
        Flag("biasAndNorm", false, "Also decay biases and the parameters of batch norm and PReLU. They are few and rarely overfit, so they are excluded by default.");
}
