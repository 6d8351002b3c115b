using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

/// <summary>Three steps over f(x, y) = x^2/20 + y^2 from (-7, 2) with learning rate 0.1, against the rules worked out by hand in double precision.</summary>
public sealed class OptimizerTests
{
    private const double LearningRate = 0.1;

    [Fact]
    public void Sgd_ThreeSteps_FollowsItsRule() => AssertPath(
        Choice("sgd"), [(-6.93, 1.6), (-6.8607, 1.28), (-6.792093, 1.024)]);

    [Fact]
    public void Momentum_ThreeSteps_FollowsItsRule() => AssertPath(
        Choice("momentum", ("momentum", 0.9)), [(-6.93, 1.6), (-6.7977, 0.92), (-6.610653, 0.124)]);

    [Fact]
    public void AdaGrad_ThreeSteps_FollowsItsRule() => AssertPath(
        Choice("adagrad", ("epsilon", 1e-10)),
        [(-6.900000000014286, 1.9000000000025), (-6.829799848473794, 1.8311250538122312), (-6.772737280175965, 1.775821515013063)]);

    [Fact]
    public void RmsProp_ThreeSteps_FollowsItsRule() => AssertPath(
        Choice("rmsprop", ("decay", 0.9), ("epsilon", 1e-8)),
        [(-6.683772248268876, 1.683772236483162), (-6.4594452004518095, 1.4738753171325136), (-6.274223113616196, 1.3087178712916374)]);

    [Fact]
    public void Adam_ThreeSteps_FollowsItsRule() => AssertPath(
        Choice("adam", ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8)),
        [(-6.900000001428571, 1.90000000025), (-6.800040094359046, 1.800166486115701), (-6.700147709946864, 1.7006233920464648)]);

    [Fact]
    public void Nesterov_ThreeSteps_IsTrueLookAheadAtUMinusRV() => AssertPath(
        Choice("nesterov", ("momentum", 0.9)),
        // w of v' = r v - a g(w + r v); w' = w + v', by hand.
        [(-6.93, 1.6), (-6.79833, 0.992), (-6.61302873, 0.35584)],
        (held, optimizer) => held - (0.9 * optimizer.StateOf(0)[0]));

    [Fact]
    public void Step_LearningRateChangesBetweenSteps_HeavyBallKeepsTheOldStepLength()
    {
        using var scope = NewDisposeScope();
        var w = Point(0, 0);
        using var optimizer = OptimizerFactory.Create(Choice("momentum", ("momentum", 0.5)), [w]);
        w.grad = Values(1, 1);
        optimizer.Step(1);  // v = -1, w = -1
        w.grad = Values(1, 1);
        optimizer.Step(0.1);  // v = -0.5 - 0.1, w = -1.6; PyTorch's form would give -1.15
        AssertClose(-1.6, -1.6, w);
    }

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        using var scope = NewDisposeScope();
        var (moving, resting) = (Point(1, 1), Point(5, 5));
        using var optimizer = OptimizerFactory.Create(Choice("adam", ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8)), [moving, resting]);
        moving.grad = Values(1, 1);
        optimizer.Step(LearningRate);
        AssertClose(5, 5, resting);
        AssertClose(0.9, 0.9, moving, 1e-6);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adagrad")]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    public void Create_EveryOptimizerOfTheCatalog_HasTheStateInTheCatalog(string name)
    {
        using var scope = NewDisposeScope();
        var definition = TechniqueCatalog.Find(TechniqueKind.Optimizer, name)!;
        var choice = new TechniqueChoice(name, definition.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default!.Value));
        using var optimizer = OptimizerFactory.Create(choice, [Point(1, 1)]);
        Assert.Equal(definition.StateTensors, optimizer.StateNamesOf(0).Count);
        Assert.Contains(TechniqueCatalog.All, entry => entry.Kind == TechniqueKind.Optimizer && entry.Name == name);
    }

    [Fact]
    public void Step_SmallestEpsilonAndNoGradient_LeavesFloat32Finite()
    {
        using var scope = NewDisposeScope();
        var withEpsilon = TechniqueCatalog.OfKind(TechniqueKind.Optimizer).Where(entry => entry.Parameters.Any(parameter => parameter.Name == "epsilon")).ToArray();
        Assert.True(withEpsilon.Length >= 7);
        Assert.All(withEpsilon, entry =>
        {
            var w = tensor(new[] { 1f, 2f }).requires_grad_();
            using var optimizer = OptimizerFactory.Create(Choice(entry.Name, ("epsilon", entry.Parameters.Single(parameter => parameter.Name == "epsilon").Minimum!.Value)), [w]);
            for (var step = 0; step < 3; step++)
            {
                (w * 0f).sum().backward();
                optimizer.Step(LearningRate);
                w.grad = null;
            }

            Assert.Equal([1f, 2f], w.detach().data<float>().ToArray());
        });
    }

    private static void AssertPath(TechniqueChoice choice, (double X, double Y)[] expected, Func<Tensor, Optimizer, Tensor>? position = null)
    {
        using var scope = NewDisposeScope();
        var w = Point(-7, 2);
        using var optimizer = OptimizerFactory.Create(choice, [w]);
        foreach (var (x, y) in expected)
        {
            var scale = Values(1 / 20.0, 1);
            (w * w * scale).sum().backward();
            optimizer.Step(LearningRate);
            w.grad = null;
            AssertClose(x, y, position is null ? w : position(w, optimizer));
        }

        Assert.Equal(expected.Length, optimizer.Steps);
    }

    private static void AssertClose(double x, double y, Tensor actual, double tolerance = 1e-14)
    {
        var values = actual.detach().data<double>().ToArray();
        Assert.Equal(x, values[0], tolerance);
        Assert.Equal(y, values[1], tolerance);
    }

    private static Tensor Values(double x, double y) => tensor(new[] { x, y });

    private static Tensor Point(double x, double y) => Values(x, y).requires_grad_();

    private static TechniqueChoice Choice(string name, params (string Name, double Value)[] parameters)
    {
        var values = TechniqueCatalog.Find(TechniqueKind.Optimizer, name)!.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default!.Value);
        foreach (var (parameter, value) in parameters)
        {
            values[parameter] = value;
        }

        return new TechniqueChoice(name, values);
    }
}
