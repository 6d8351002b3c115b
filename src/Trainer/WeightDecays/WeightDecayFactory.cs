using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.WeightDecays;

/// <summary>Makes the weight decay of a catalog entry.</summary>
internal static class WeightDecayFactory
{
    /// <summary>The weight decay that a spec chose; null: none.</summary>
    /// <exception cref="ArgumentException">The trainer has no such weight decay.</exception>
    public static WeightDecay? Create(TechniqueChoice choice, IReadOnlyList<Tensor> weights) => choice.Name switch
    {
        "none" => null,
        "l2" => new L2Penalty(weights, choice.Number("strength")),
        "decoupled" => new DecoupledDecay(weights, choice.Number("strength")),
        _ => throw new ArgumentException($"The trainer has no weight decay '{choice.Name}'.", nameof(choice)),
    };
}
