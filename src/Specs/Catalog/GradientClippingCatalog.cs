using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

internal static class GradientClippingCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Clipping(
            "none", "No clipping", "g is unchanged",
            "The gradient is used as it is. Right as long as the loss does not jump.",
            "Baseline for comparison"),
        Clipping(
            "norm", "Clip by norm", "g <- g min(1, maximum / |g|), |g| over all parameters",
            "A gradient with too large a norm is scaled down and keeps its direction. The usual remedy for exploding gradients.",
            "Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks, 2013; torch.nn.utils.clip_grad_norm_",
            Number("maximum", 1, 0, 1e6, "Maximum norm of the whole gradient.", above: true)),
        Clipping(
            "value", "Clip by value", "g <- min(max(g, -maximum), maximum), element by element",
            "Each component is clipped separately, which may change the direction of the gradient. Use it against outliers in single components.",
            "torch.nn.utils.clip_grad_value_",
            Number("maximum", 1, 0, 1e6, "Maximum absolute value of a component.", above: true)),
    ];

    private static TechniqueDefinition Clipping(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.GradientClipping, "/training/gradientClipping", name, title, formula, explanation, source, parameters);
}
