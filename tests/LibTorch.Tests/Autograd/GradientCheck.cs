namespace Trainyard.LibTorch.Tests.Autograd;

/// <summary>
/// Compares the gradients of a function with central differences (f(x + h) - f(x - h)) / 2h in float64. The function's output is
/// weighted with fixed random numbers, so that no error cancels in a sum.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    internal static void Of(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        foreach (var input in inputs)
        {
            Assert.Equal(ScalarType.Float64, input.dtype);
            input.requires_grad_();
        }

        Tensor weights;
        using (no_grad())
        {
            weights = randn_like(function(inputs));
        }

        var gradients = autograd.grad([(function(inputs) * weights).sum()], inputs);
        using var unrecorded = no_grad();
        for (var i = 0; i < inputs.Length; i++)
        {
            Assert.Equal(inputs[i].shape, gradients[i].shape);
            var analytic = Close.Elements(gradients[i]);
            Assert.Contains(analytic, g => g != 0);
            var flat = inputs[i].view(-1);
            for (var j = 0L; j < flat.numel(); j++)
            {
                var element = flat[j];
                var value = element.item<double>();
                element.fill_(value + Step);
                var above = (function(inputs) * weights).sum().item<double>();
                element.fill_(value - Step);
                var below = (function(inputs) * weights).sum().item<double>();
                element.fill_(value);
                var numeric = (above - below) / (2 * Step);
                Assert.True(Math.Abs(numeric - analytic[j]) <= Tolerance, $"input {i}, element {j}: numeric {numeric}, analytic {analytic[j]}");
            }
        }
    }
}
