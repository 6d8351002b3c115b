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

    // Squares of float32 are infinite above 1.8e19; the factor of the last case has no digits in float32.
    [Theory]
    [InlineData(1e19f, 1, 5e19)]
    [InlineData(6e37f, 1, 3e38)]
    [InlineData(6e37f, 1e-6, 3e38)]
    public void Norm_OfFiniteValuesWhoseSquaresOverflow_IsExactAndTheGradientKeepsItsDirection(float unit, double maximum, double norm)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (WithGradient(3 * unit, 0f), WithGradient(4 * unit));
        Assert.Equal(1, Clip("norm", maximum, first, second) / norm, 1e-6);
        Assert.Equal(0.6 * maximum, first.grad![0].item<float>(), 1e-5 * maximum);
        Assert.Equal(0.8 * maximum, second.grad![0].item<float>(), 1e-5 * maximum);
    }

    [Theory]
    [InlineData("norm", float.NaN)]
    [InlineData("norm", float.PositiveInfinity)]
    [InlineData("value", float.NaN)]
    [InlineData("value", float.NegativeInfinity)]
    public void Gradient_WithAValueThatIsNotFinite_IsReportedAndLeftAlone(string clipping, float value)
    {
        using var scope = NewDisposeScope();
        var parameter = WithGradient(3f, value);
        Assert.False(double.IsFinite(Clip(clipping, 1, parameter)));
        Assert.Equal([3f, value], parameter.grad!.data<float>().ToArray());
    }

    private static double[] Gradient(Tensor parameter) => parameter.grad!.data<double>().ToArray();

    private static double Clip(string name, double maximum, params Parameter[] parameters) =>
        GradientClipping.Create(new TechniqueChoice(name, [KeyValuePair.Create("maximum", (ParameterValue)maximum)]), parameters)!();

    private static Parameter WithGradient(params float[] gradient)
    {
        var parameter = new Parameter(ones(gradient.Length));
        parameter.grad = tensor(gradient);
        return parameter;
    }

    private static Parameter WithGradient(params double[] gradient)
    {
        var parameter = new Parameter(ones(gradient.Length, ScalarType.Float64));
        parameter.grad = tensor(gradient);
        return parameter;
    }
}
