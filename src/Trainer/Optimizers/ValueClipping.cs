namespace Trainyard.Trainer.Optimizers;

/// <summary>g &lt;- min(max(g, -maximum), maximum), element by element (torch.nn.utils.clip_grad_value_).</summary>
internal sealed class ValueClipping(IReadOnlyList<Tensor> parameters, double maximum) : GradientClipping(parameters)
{
    /// <inheritdoc/>
    protected override void Clip(IReadOnlyList<Tensor> gradients)
    {
        foreach (var gradient in gradients)
        {
            gradient.clamp_((-maximum).ToScalar(), maximum.ToScalar());
        }
    }
}
