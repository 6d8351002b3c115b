using TorchSharp.Modules;
using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

public sealed class GradientClippingTests
{
    [Fact]
    public void Norm_LongGradient_IsShortenedAcrossAllParametersAndKeepsItsDirection()
    {
        using var scope = NewDisposeScope();
        var (first, second, without) = (WithGradient(3.0), WithGradient(0.0, 4.0), new Parameter(ones(2)));
        Clip("norm", 2, first, second, without);  // |g| = 5
        Assert.Equal(3 * 2 / (5 + 1e-6), Gradient(first)[0], 1e-12);
        Assert.Equal([0, 4 * 2 / (5 + 1e-6)], Gradient(second).Select(value => Math.Round(value, 12)), (left, right) => Math.Abs(left - right) < 1e-11);
    }

    [Fact]
    public void Norm_ShortGradient_IsLeftAlone()
    {
        using var scope = NewDisposeScope();
        var parameter = WithGradient(3.0, -4.0);
        Clip("norm", 6, parameter);
        Assert.Equal([3.0, -4.0], Gradient(parameter));
    }

    [Fact]
    public void Value_CutsEachComponentByItself()
    {
        using var scope = NewDisposeScope();
        var parameter = WithGradient(3.0, -4.0, 0.5);
        Clip("value", 1, parameter);
        Assert.Equal([1.0, -1.0, 0.5], Gradient(parameter));
    }

    private static double[] Gradient(Tensor parameter) => parameter.grad!.data<double>().ToArray();

    private static void Clip(string name, double maximum, params Parameter[] parameters) =>
        GradientClipping.Create(new TechniqueChoice(name, [KeyValuePair.Create("maximum", (ParameterValue)maximum)]), parameters)!();

    private static Parameter WithGradient(params double[] gradient)
    {
        var parameter = new Parameter(ones(gradient.Length, ScalarType.Float64));
        parameter.grad = tensor(gradient);
        return parameter;
    }
}
