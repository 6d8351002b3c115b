using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

internal static class WeightDecayFactory
{
    /// <summary>The weight decay that a spec chose, for the parameters that it applies to; null: none.</summary>
    /// <exception cref="ArgumentException">The trainer has no such weight decay.</exception>
    public static WeightDecay? Create(TechniqueChoice choice, IEnumerable<Tensor> parameters)
    {
        return choice.Name switch
        {
            "none" => null,
            "l1" => new L1Penalty(Decayed(), choice.Number("strength")),
            "l2" => new L2Penalty(Decayed(), choice.Number("strength")),
            "decoupled" => new DecoupledDecay(Decayed(), choice.Number("strength"), choice.Text("form") == "pytorch"),
            _ => throw new ArgumentException($"The trainer has no weight decay '{choice.Name}'.", nameof(choice)),
        };

        // Biases, batch norm and slopes are vectors; the weights of convolutions and dense layers are not.
        IReadOnlyList<Tensor> Decayed() => [.. parameters.Where(parameter => parameter.dim() > 1 || choice.Flag("biasAndNorm"))];
    }
}
