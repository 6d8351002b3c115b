using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Optimizers;

/// <summary>Bounds the gradient of a step, before weight decay and the optimizer.</summary>
internal static class GradientClipping
{
    // Below it a float32 keeps no digits of a factor.
    private const double SmallestFactor = 1e-30;

    // The clipping that a spec chose: by the norm over all parameters (Pascanu, Mikolov, Bengio, 2013; torch.nn.utils.clip_grad_norm_), or of each value by
    // itself; null: none. It returns the norm before; if that is not finite, the gradient stays as it is. Waits for the device.
    // Throws ArgumentException: the trainer has no such clipping.
    public static Func<double>? Create(TechniqueChoice choice, IReadOnlyList<Tensor> parameters) => choice.Name switch
    {
        "none" => null,
        "norm" => () => ByNorm(parameters, choice.Number("maximum")),
        "value" => () => ByValue(parameters, choice.Number("maximum")),
        _ => throw new ArgumentException($"The trainer has no gradient clipping '{choice.Name}'.", nameof(choice)),
    };

    private static double ByNorm(IReadOnlyList<Tensor> parameters, double maximum)
    {
        var norm = GradientNorm.Of(parameters);
        var factor = maximum / (norm + 1e-6);
        if (!double.IsFinite(norm) || factor >= 1)
        {
            return norm;
        }

        using var _ = no_grad();
        foreach (var gradient in parameters.Select(parameter => parameter.grad).OfType<Tensor>())
        {
            if (factor >= SmallestFactor)
            {
                gradient.mul_(factor);
            }
            else
            {
                gradient.mul_(Math.Sqrt(factor)).mul_(Math.Sqrt(factor));
            }
        }

        return norm;
    }

    private static double ByValue(IReadOnlyList<Tensor> parameters, double maximum)
    {
        var norm = GradientNorm.Of(parameters);
        if (double.IsFinite(norm))
        {
            using var _ = no_grad();
            foreach (var gradient in parameters.Select(parameter => parameter.grad).OfType<Tensor>())
            {
                gradient.clamp_(-maximum, maximum);
            }
        }

        return norm;
    }
}
