using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Tests.Optimizers;

public sealed class GradientClippingTests
{
    [Fact]
    public void Norm_LongGradient_IsShortenedAcrossAllParametersAndKeepsItsDirection()
    {
        using var scope = NewDisposeScope();
        var (first, second, without) = (Parameter(3.0), Parameter(0.0, 4.0), ones(2).requires_grad_());
        new NormClipping([first, second, without], maximum: 2).Apply();  // |g| = 5
        Assert.Equal(3 * 2 / (5 + 1e-6), Gradient(first)[0], 1e-12);
        Assert.Equal([0, 4 * 2 / (5 + 1e-6)], Gradient(second).Select(value => Math.Round(value, 12)), (left, right) => Math.Abs(left - right) < 1e-11);
    }

    [Fact]
    public void Norm_ShortGradient_IsLeftAlone()
    {
        using var scope = NewDisposeScope();
        var parameter = Parameter(3.0, -4.0);
        new NormClipping([parameter], maximum: 6).Apply();
        Assert.Equal([3.0, -4.0], Gradient(parameter));
    }

    [Fact]
    public void Value_CutsEachComponentByItself()
    {
        using var scope = NewDisposeScope();
        var parameter = Parameter(3.0, -4.0, 0.5);
        new ValueClipping([parameter], maximum: 1).Apply();
        Assert.Equal([1.0, -1.0, 0.5], Gradient(parameter));
    }

    private static double[] Gradient(Tensor parameter) => parameter.grad!.data<double>().ToArray();

    private static Tensor Parameter(params double[] gradient)
    {
        var parameter = ones(gradient.Length, ScalarType.Float64).requires_grad_();
        parameter.grad = tensor(gradient);
        return parameter;
    }
}
