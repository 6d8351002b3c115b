using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

public sealed class WeightDecayTests
{
    [Fact]
    public void L2_AddsItsShareToTheGradient()
    {
        using var scope = NewDisposeScope();
        var w = Weights();
        w.grad = tensor(new[] { 1.0, 1.0 });
        new L2Penalty([w], strength: 0.5).Apply(learningRate: 0.1, factor: 1);
        Assert.Equal([2.0, -1.0], w.grad!.data<double>().ToArray());  // g + 0.5 w
        Assert.Equal([2.0, -4.0], w.detach().data<double>().ToArray());
    }

    [Theory]
    [InlineData("pytorch", 0.1, 0.25, 0.95)]  // w - a * 0.5 w
    [InlineData("paper", 0.1, 0.25, 0.875)]   // w - s * 0.5 w
    [InlineData("paper", 0.9, 0.25, 0.875)]
    public void Decoupled_ShrinksTheWeightsByItsFormAndLeavesTheGradient(string form, double learningRate, double factor, double share)
    {
        using var scope = NewDisposeScope();
        var w = Weights();
        w.grad = tensor(new[] { 1.0, 1.0 });
        var choice = new TechniqueChoice("decoupled", [KeyValuePair.Create("strength", (ParameterValue)0.5), KeyValuePair.Create("form", (ParameterValue)form), KeyValuePair.Create("biasAndNorm", (ParameterValue)false)]);
        WeightDecayFactory.Create(choice, [new Parameter("w", w, Decays: true)])!.Apply(learningRate, factor);
        Assert.Equal([1.0, 1.0], w.grad!.data<double>().ToArray());
        Assert.Equal(2 * share, w.detach().data<double>().ToArray()[0], 1e-15);
        Assert.Equal(-4 * share, w.detach().data<double>().ToArray()[1], 1e-15);
    }

    [Fact]
    public void L2AndDecoupled_WithSgd_AreTheSame()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Weights(), Weights());
        using var firstSgd = new Sgd([first]);
        using var secondSgd = new Sgd([second]);
        first.grad = tensor(new[] { 0.25, 3.0 });
        second.grad = tensor(new[] { 0.25, 3.0 });
        new L2Penalty([first], 0.01).Apply(0.1, 1);
        new DecoupledDecay([second], 0.01, scaledByRate: true).Apply(0.1, 1);
        firstSgd.Step(0.1);
        secondSgd.Step(0.1);
        Assert.Equal(first.detach().data<double>().ToArray()[0], second.detach().data<double>().ToArray()[0], 1e-15);
        Assert.Equal(first.detach().data<double>().ToArray()[1], second.detach().data<double>().ToArray()[1], 1e-15);
    }

    private static Tensor Weights() => tensor(new[] { 2.0, -4.0 }).requires_grad_();
}
