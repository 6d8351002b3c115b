using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Pulls of the weights towards zero.</summary>
internal static class WeightDecayCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Decay(
            "none", "No weight decay", "w is left alone",
            "Weights grow as the data wants. Right for small networks on much data.",
            "The baseline to compare with"),
        Decay(
            "l2", "L2 in the loss", "g <- g + strength w",
            "Adds strength/2 times the squared weights to the loss. With SGD the same as decoupled decay; with adaptive rules the pull "
            + "is divided by the step scale, which weakens it for weights with large gradients. It joins the gradient after clipping, and the losses shown are without it.",
            "Krogh, Hertz: A Simple Weight Decay Can Improve Generalization, 1991",
            Number("strength", 0.0005, 0, 10, "Weight of the penalty."), BiasAndNorm()),
        Decay(
            "decoupled", "Decoupled weight decay", "w <- w - a strength w (pytorch) or w <- w - s strength w (paper), then the optimizer's step",
            "Shrinks every weight by the same share, whatever the optimizer does with the gradient. The right form for Adam and its relatives.",
            "Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019, algorithm 2; torch.optim.AdamW",
            Number("strength", 0.01, 0, 10, "Share of a weight that a step takes, times the learning rate (pytorch) or the schedule's factor (paper)."),
            Choice(
                "form", "pytorch", ["pytorch", "paper"],
                "pytorch: the share follows the learning rate a. paper: it follows only the schedule's factor s (1 to 0), so that learning rate and decay are tuned apart; "
                + "for the same pull its strength is smaller by the learning rate."),
            BiasAndNorm()),
        Decay(
            "l1", "L1 in the loss", "g <- g + strength sign(w)",
            "Adds strength times the absolute weights to the loss: a constant pull that drives useless weights to zero. Use it to see which weights matter. "
            + "It joins the gradient after clipping, and the losses shown are without it.",
            "Tibshirani: Regression Shrinkage and Selection via the Lasso, 1996",
            Number("strength", 0.00001, 0, 10, "Weight of the penalty."), BiasAndNorm()),
    ];

    private static TechniqueDefinition Decay(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.WeightDecay, "/training/weightDecay", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition BiasAndNorm() =>
        Flag("biasAndNorm", false, "Also pull biases and the parameters of batch norm and PReLU. They are few and rarely overfit, so they are left out by default.");
}
