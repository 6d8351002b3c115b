using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
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
        var w = tensor(new[] { 2.0, -4.0 }, [1, 2]).requires_grad_();
        w.grad = tensor(new[] { 1.0, 1.0 }, [1, 2]);
        var choice = new TechniqueChoice("decoupled", [KeyValuePair.Create("strength", (ParameterValue)0.5), KeyValuePair.Create("form", (ParameterValue)form), KeyValuePair.Create("biasAndNorm", (ParameterValue)false)]);
        WeightDecayFactory.Create(choice, [w])!.Apply(learningRate, factor);
        Assert.Equal([1.0, 1.0], w.grad!.flatten().data<double>().ToArray());
        Assert.Equal(2 * share, w.detach().flatten().data<double>().ToArray()[0], 1e-15);
        Assert.Equal(-4 * share, w.detach().flatten().data<double>().ToArray()[1], 1e-15);
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
    public void Create_BiasAndNorm_DecidesWhetherBiasesDecay(string name)
    {
        Assert.False(BiasDecays(name, biasAndNorm: false));
        Assert.True(BiasDecays(name, biasAndNorm: true));
    }

    [Fact]
    public void Create_None_IsNothing() => Assert.Null(WeightDecayFactory.Create(new TechniqueChoice("none", []), []));

    private static bool BiasDecays(string name, bool biasAndNorm)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (ones(1, 2).requires_grad_(), ones(2).requires_grad_());
        (weight.grad, bias.grad) = (zeros(1, 2), zeros(2));
        var defaults = TechniqueCatalog.Default(TechniqueKind.WeightDecay, name).Parameters;
        var choice = new TechniqueChoice(name, new Dictionary<string, ParameterValue>(defaults) { ["strength"] = 0.5, ["biasAndNorm"] = biasAndNorm });
        WeightDecayFactory.Create(choice, [weight, bias])!.Apply(0.1, 1);
        Assert.True(HasDecayed(weight));
        return HasDecayed(bias);

        static bool HasDecayed(Tensor tensor) => !tensor.detach().Equals(ones_like(tensor)) || !tensor.grad!.Equals(zeros_like(tensor));
    }

    [Fact]
    public void Create_OfANetwork_DecaysTheWeightsOfConvolutionsAndDenseLayers()
    {
        using var scope = NewDisposeScope();
        using var network = Network.Build(TestSpecs.Read(TestSpecs.Shapes()).Plan!, NumberFormats.Float32, CPU, new RunSeed(1));
        var before = network.named_parameters().ToDictionary(named => named.name, named => named.parameter.detach().clone());
        using (no_grad())
        {
            // A bias or shift of 0 would not show that it decays.
            network.parameters().ToList().ForEach(parameter => parameter.add_(1));
        }

        WeightDecayFactory.Create(TechniqueCatalog.Default(TechniqueKind.WeightDecay, "decoupled"), network.parameters())!.Apply(learningRate: 1, factor: 1);

        Assert.Equal(
            ["conv1.weight", "conv2.weight", "dense1.weight", "output.weight"],
            network.named_parameters().Where(named => !named.parameter.detach().Equals(before[named.name].add(1))).Select(named => named.name));
    }

    private static Tensor Weights() => tensor(new[] { 2.0, -4.0 }).requires_grad_();
}
