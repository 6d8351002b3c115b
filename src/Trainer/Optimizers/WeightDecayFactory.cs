using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Optimizers;

/// <summary>Makes the weight decay of a catalog entry.</summary>
internal static class WeightDecayFactory
{
    /// <summary>The weight decay that a spec chose, for the parameters that it pulls; null: none.</summary>
    /// <exception cref="ArgumentException">The trainer has no such weight decay.</exception>
    public static WeightDecay? Create(TechniqueChoice choice, IEnumerable<Parameter> parameters)
    {
        return choice.Name switch
        {
            "none" => null,
            "l1" => new L1Penalty(Pulled(), choice.Number("strength")),
            "l2" => new L2Penalty(Pulled(), choice.Number("strength")),
            "decoupled" => new DecoupledDecay(Pulled(), choice.Number("strength"), choice.Text("form") == "pytorch"),
            _ => throw new ArgumentException($"The trainer has no weight decay '{choice.Name}'.", nameof(choice)),
        };

        IReadOnlyList<Tensor> Pulled() =>
            [.. parameters.Where(parameter => parameter.Decays || choice.Flag("biasAndNorm")).Select(parameter => parameter.Tensor)];
    }
}
