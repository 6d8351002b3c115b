using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

/// <summary>Makes the gradient clipping of a catalog entry.</summary>
internal static class GradientClippingFactory
{
    /// <summary>The clipping that a spec chose; null: none.</summary>
    /// <exception cref="ArgumentException">The trainer has no such clipping.</exception>
    public static GradientClipping? Create(TechniqueChoice choice, IReadOnlyList<Tensor> parameters) => choice.Name switch
    {
        "none" => null,
        "norm" => new NormClipping(parameters, choice.Number("maximum")),
        "value" => new ValueClipping(parameters, choice.Number("maximum")),
        _ => throw new ArgumentException($"The trainer has no gradient clipping '{choice.Name}'.", nameof(choice)),
    };
}
