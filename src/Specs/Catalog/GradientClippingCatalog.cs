using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Bounds on the gradient of a step.</summary>
internal static class GradientClippingCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Clipping(
            "none", "No clipping", "g is left alone",
            "The gradient is used as it is. Right as long as no step throws the loss up.",
            "The baseline to compare with"),
        Clipping(
            "norm", "By norm", "g <- g min(1, maximum / |g|), |g| over all parameters",
            "A gradient that is too long is shortened and keeps its direction. The usual remedy for exploding gradients.",
            "Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks, 2013; torch.nn.utils.clip_grad_norm_",
            Number("maximum", 1, 0, 1e6, "Largest length of the whole gradient.", above: true)),
        Clipping(
            "value", "By value", "g <- min(max(g, -maximum), maximum), element by element",
            "Each component is cut by itself, which may turn the gradient's direction. Use it against single wild components.",
            "torch.nn.utils.clip_grad_value_",
            Number("maximum", 1, 0, 1e6, "Largest absolute component.", above: true)),
    ];

    private static TechniqueDefinition Clipping(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.GradientClipping, "/training/gradientClipping", name, title, formula, explanation, source, parameters);
}
