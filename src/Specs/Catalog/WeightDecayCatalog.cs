using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Pulls of the weights towards zero.</summary>
internal static class WeightDecayCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        new()
        {
            Kind = TechniqueKind.WeightDecay,
            Name = "none",
            Title = "No weight decay",
            Formula = "w is left alone",
            Explanation = "Weights grow as the data wants. Right for small networks on much data.",
            Source = "-",
            Parameters = [],
        },
        new()
        {
            Kind = TechniqueKind.WeightDecay,
            Name = "l2",
            Title = "L2 in the loss",
            Formula = "g <- g + strength w",
            Explanation = "Adds strength/2 times the squared weights to the loss. With SGD the same as decoupled decay; with adaptive rules the pull "
                + "is divided by the step scale, which weakens it for weights with large gradients.",
            Source = "Krogh, Hertz: A Simple Weight Decay Can Improve Generalization, 1991",
            Parameters = [Number("strength", 0.0005, 0, 10, "Weight of the penalty."), BiasAndNorm()],
        },
        new()
        {
            Kind = TechniqueKind.WeightDecay,
            Name = "decoupled",
            Title = "Decoupled weight decay",
            Formula = "w <- w - a strength w, then the optimizer's step",
            Explanation = "Shrinks every weight by the same share, whatever the optimizer does with the gradient. The right form for Adam and its relatives.",
            Source = "Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019",
            Parameters = [Number("strength", 0.01, 0, 10, "Share per step, times the learning rate."), BiasAndNorm()],
        },
        new()
        {
            Kind = TechniqueKind.WeightDecay,
            Name = "l1",
            Title = "L1 in the loss",
            Formula = "g <- g + strength sign(w)",
            Explanation = "Adds strength times the absolute weights to the loss: a constant pull that drives useless weights to zero. Use it to see which weights matter.",
            Source = "Tibshirani: Regression Shrinkage and Selection via the Lasso, 1996",
            Parameters = [Number("strength", 0.00001, 0, 10, "Weight of the penalty."), BiasAndNorm()],
        },
    ];

    private static ParameterDefinition BiasAndNorm() =>
        Flag("biasAndNorm", false, "Also pull biases and the parameters of batch norm and PReLU. They are few and rarely overfit, so they are left out by default.");
}
