using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

/// <summary>Makes the optimizer of a catalog entry.</summary>
internal static class OptimizerFactory
{
    /// <summary>The optimizer that a spec chose, for these tensors.</summary>
    /// <exception cref="ArgumentException">The trainer has no such optimizer.</exception>
    public static Optimizer Create(TechniqueChoice choice, IReadOnlyList<Tensor> parameters) => choice.Name switch
    {
        "sgd" => new Sgd(parameters),
        "momentum" => new Momentum(parameters, choice.Number("momentum")),
        "nesterov" => new Nesterov(parameters, choice.Number("momentum")),
        "adagrad" => new AdaGrad(parameters, choice.Number("epsilon")),
        "rmsprop" => new RmsProp(parameters, choice.Number("decay"), choice.Number("epsilon")),
        "adam" => new Adam(parameters, choice.Number("beta1"), choice.Number("beta2"), choice.Number("epsilon")),
        _ => throw new ArgumentException($"The trainer has no optimizer '{choice.Name}'.", nameof(choice)),
    };
}
