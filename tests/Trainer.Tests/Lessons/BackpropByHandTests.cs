namespace Trainyard.Trainer.Tests.Lessons;

/// <summary>Gradients computed by hand, reproduced by the training engine.</summary>
public sealed class BackpropByHandTests
{
    [Fact]
    public void Line_OfWeightInputAndBias_HasTheGradientsOfTheLecture()
    {
        using var scope = NewDisposeScope();
        var (w, x, b) = (Number(-2), Number(5), Number(3));
        var f = w.mul(x).add(b);
        f.backward();
        Assert.Equal(-7, f.item<double>());
        Assert.Equal((5.0, -2.0, 1.0), (Gradient(w), Gradient(x), Gradient(b)));
    }

    [Fact]
    public void Gates_AddDistributes_MaxRoutes_MulSwitches()
    {
        using var scope = NewDisposeScope();
        var (x, y, z, w) = (Number(3), Number(-4), Number(2), Number(-1));
        // 2 (x y + max(z, w)): the factor 2 comes back first
        var f = x.mul(y).add(maximum(z, w)).mul(2);
        f.backward();
        Assert.Equal(-20, f.item<double>());
        Assert.Equal((-8.0, 6.0), (Gradient(x), Gradient(y)));
        Assert.Equal((2.0, 0.0), (Gradient(z), Gradient(w)));
    }

    [Fact]
    public void Branches_ThatMeet_AddTheirGradients()
    {
        using var scope = NewDisposeScope();
        var x = Number(3);
        x.mul(x).add(x).backward();  // x^2 + x
        Assert.Equal(7, Gradient(x));
    }

    [Fact]
    public void SigmoidNeuron_HasTheProductOfItsLocalGradients()
    {
        using var scope = NewDisposeScope();
        var (w0, x0, w1, x1, w2) = (Number(2), Number(-1), Number(-3), Number(-2), Number(-3));
        var f = w0.mul(x0).add(w1.mul(x1)).add(w2).sigmoid();
        f.backward();
        // sigmoid(1) and its slope s (1 - s), times the other factor of each product
        var s = 1 / (1 + Math.Exp(-1));
        Assert.Equal(s, f.item<double>(), 1e-15);
        double[] expected = [-s * (1 - s), 2 * s * (1 - s), -2 * s * (1 - s), -3 * s * (1 - s), s * (1 - s)];
        Assert.All(expected.Zip([w0, x0, w1, x1, w2]), pair => Assert.Equal(pair.First, Gradient(pair.Second), 1e-15));
    }

    private static Tensor Number(double value) => tensor(value, ScalarType.Float64).requires_grad_();

    private static double Gradient(Tensor number) => number.grad!.item<double>();
}
