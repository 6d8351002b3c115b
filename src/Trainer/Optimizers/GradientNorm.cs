namespace Trainyard.Trainer.Optimizers;

/// <summary>The norm of the gradient of all parameters together.</summary>
internal static class GradientNorm
{
    // Waits for the device. Squares overflow in float32 above about 1e19, so an infinite norm is measured again in float64: it is infinite or NaN only when a
    // value of the gradient is.
    public static double Of(IEnumerable<Tensor> parameters)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        if (gradients.Length == 0)
        {
            return 0;
        }

        var norm = Total(gradients);
        return double.IsFinite(norm) ? norm : Total(gradients.Select(gradient => gradient.to_type(ScalarType.Float64)));
    }

    private static double Total(IEnumerable<Tensor> gradients) => stack([.. gradients.Select(gradient => gradient.norm())]).to_type(ScalarType.Float64).norm().item<double>();
}
