using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

internal static class OptimizerFactory
{
    private const string PytorchForm = "pytorch";
    private const string Muon = "muon";

    // The optimizer of a network: over all its parameters as one, unless the rule is one of matrices.
    public static Optimizer Create(TechniqueChoice choice, FlatParameters parameters, int? output) =>
        choice.Name == Muon ? Create(choice, parameters.Each, output) : Create(choice, [parameters.All]);

    // output: Position of the output layer's weights, which some rules treat apart; null: there are none. Throws ArgumentException: the trainer has no such
    // optimizer.
    public static Optimizer Create(TechniqueChoice choice, IReadOnlyList<Tensor> parameters, int? output = null)
    {
        return choice.Name switch
        {
            "sgd" => new Sgd(parameters),
            "momentum" => IsPytorch() ? new PytorchMomentum(parameters, Number("momentum")) : new Momentum(parameters, Number("momentum")),
            "nesterov" => IsPytorch() ? new PytorchNesterov(parameters, Number("momentum")) : new Nesterov(parameters, Number("momentum")),
            "adagrad" => new AdaGrad(parameters, Number("epsilon")),
            "rmsprop" => new RmsProp(parameters, Number("decay"), Number("epsilon")),
            "adam" => new Adam(parameters, Number("beta1"), Number("beta2"), Number("epsilon"), choice.Flag("biasCorrection")),
            "adamw" => new Adam(parameters, Number("beta1"), Number("beta2"), Number("epsilon")),
            "adadelta" => new AdaDelta(parameters, Number("decay"), Number("epsilon")),
            "nadam" => new NAdam(parameters, Number("beta1"), Number("beta2"), Number("epsilon")),
            "adamax" => new AdaMax(parameters, Number("beta1"), Number("beta2"), Number("epsilon")),
            "lion" => new Lion(parameters, Number("beta1"), Number("beta2")),
            Muon => new Muon(parameters, Number("momentum"), choice.Integer("iterations"), Number("adamRate") / Number("learningRate"), output),
            _ => throw new ArgumentException($"The trainer has no optimizer '{choice.Name}'.", nameof(choice)),
        };

        double Number(string parameter) => choice.Number(parameter);
        bool IsPytorch() => choice.Text("form") == PytorchForm;
    }
}
