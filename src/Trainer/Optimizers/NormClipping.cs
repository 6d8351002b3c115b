namespace Trainyard.Trainer.Optimizers;

/// <summary>g &lt;- g min(1, maximum / (|g| + 1e-6)), |g| over all parameters (Pascanu, Mikolov, Bengio, 2013; torch.nn.utils.clip_grad_norm_).</summary>
internal sealed class NormClipping(IReadOnlyList<Tensor> parameters, double maximum) : GradientClipping(parameters)
{
    /// <inheritdoc/>
    protected override void Clip(IReadOnlyList<Tensor> gradients)
    {
        var norm = stack(gradients.Select(gradient => gradient.norm())).norm();
        var factor = norm.add_(1e-6.ToScalar()).reciprocal_().mul_(maximum.ToScalar()).clamp_max_(1.ToScalar());
        foreach (var gradient in gradients)
        {
            gradient.mul_(factor);
        }
    }
}
