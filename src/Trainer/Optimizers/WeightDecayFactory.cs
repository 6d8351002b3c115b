using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

internal static class WeightDecayFactory
{
    /// <summary>The weight decay that a spec chose, for the parameters that it applies to; null: none.</summary>
    /// <exception cref="ArgumentException">The trainer has no such weight decay.</exception>
    public static WeightDecay? Create(TechniqueChoice choice, IEnumerable<Tensor> parameters)
    {
        // Biases, batch norm and slopes are vectors; the weights of convolutions and dense layers are not.
        return Create(choice, () => [.. parameters.Where(parameter => parameter.dim() > 1 || choice.Flag("biasAndNorm"))]);
    }

    /// <summary>The same for the parameters of a network.</summary>
    /// <exception cref="ArgumentException">The trainer has no such weight decay.</exception>
    public static WeightDecay? Create(TechniqueChoice choice, FlatParameters parameters) =>
        Create(choice, () => [choice.Flag("biasAndNorm") ? parameters.All : parameters.Matrices]);

    private static WeightDecay? Create(TechniqueChoice choice, Func<IReadOnlyList<Tensor>> decayed) => choice.Name switch
    {
        "none" => null,
        "l1" => new L1Penalty(decayed(), choice.Number("strength")),
        "l2" => new L2Penalty(decayed(), choice.Number("strength")),
        "decoupled" => new DecoupledDecay(decayed(), choice.Number("strength"), choice.Text("form") == "pytorch"),
        _ => throw new ArgumentException($"The trainer has no weight decay '{choice.Name}'.", nameof(choice)),
    };
}
