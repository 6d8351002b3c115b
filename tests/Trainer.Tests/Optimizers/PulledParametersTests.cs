using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

public sealed class PulledParametersTests
{
    [Fact]
    public void L1_AddsTheSignOfEachWeightToTheGradient()
    {
        using var scope = NewDisposeScope();
        var weights = tensor(new[] { 2.0, -4.0, 0.0 }).requires_grad_();
        weights.grad = tensor(new[] { 1.0, 1.0, 1.0 });
        new L1Penalty([weights], strength: 0.5).Apply(learningRate: 0.1, factor: 1);
        Assert.Equal([1.5, 0.5, 1.0], weights.grad!.data<double>().ToArray());
        Assert.Equal([2.0, -4.0, 0.0], weights.detach().data<double>().ToArray());
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("l2")]
    [InlineData("decoupled")]
    public void Create_BiasAndNorm_DecidesWhetherBiasesArePulled(string name)
    {
        Assert.False(BiasMoves(name, biasAndNorm: false));
        Assert.True(BiasMoves(name, biasAndNorm: true));
    }

    [Fact]
    public void Create_None_IsNothing() => Assert.Null(WeightDecayFactory.Create(new TechniqueChoice("none", []), []));

    private static bool BiasMoves(string name, bool biasAndNorm)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (ones(2).requires_grad_(), ones(2).requires_grad_());
        (weight.grad, bias.grad) = (zeros(2), zeros(2));
        var defaults = TechniqueCatalog.Default(TechniqueKind.WeightDecay, name).Parameters;
        var choice = new TechniqueChoice(name, new Dictionary<string, ParameterValue>(defaults) { ["strength"] = 0.5, ["biasAndNorm"] = biasAndNorm });
        WeightDecayFactory.Create(choice, [new Parameter("a.weight", weight, Decays: true), new Parameter("a.bias", bias, Decays: false)])!.Apply(0.1, 1);
        Assert.True(HasMoved(weight));
        return HasMoved(bias);

        static bool HasMoved(Tensor tensor) => !tensor.detach().Equals(ones(2)) || !tensor.grad!.Equals(zeros(2));
    }
}
