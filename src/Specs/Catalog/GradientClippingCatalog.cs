using static Trainyard.Specs.Catalog.ParameterDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Bounds on the gradient of a step.</summary>
internal static class GradientClippingCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        new()
        {
            Kind = TechniqueKind.GradientClipping,
            Name = "none",
            Title = "No clipping",
            Formula = "g is left alone",
            Explanation = "The gradient is used as it is. Right as long as no step throws the loss up.",
            Source = "-",
            Parameters = [],
        },
        new()
        {
            Kind = TechniqueKind.GradientClipping,
            Name = "norm",
            Title = "By norm",
            Formula = "g <- g min(1, maximum / |g|), |g| over all parameters",
            Explanation = "A gradient that is too long is shortened and keeps its direction. The usual remedy for exploding gradients.",
            Source = "Pascanu, Mikolov, Bengio: On the difficulty of training recurrent neural networks, 2013; torch.nn.utils.clip_grad_norm_",
            Parameters = [Number("maximum", 1, 0, 1e6, "Largest length of the whole gradient.", above: true)],
        },
        new()
        {
            Kind = TechniqueKind.GradientClipping,
            Name = "value",
            Title = "By value",
            Formula = "g <- min(max(g, -maximum), maximum), element by element",
            Explanation = "Each component is cut by itself, which may turn the gradient's direction. Use it against single wild components.",
            Source = "torch.nn.utils.clip_grad_value_",
            Parameters = [Number("maximum", 1, 0, 1e6, "Largest absolute component.", above: true)],
        },
    ];
}
