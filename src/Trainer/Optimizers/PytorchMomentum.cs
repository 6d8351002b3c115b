namespace Trainyard.Trainer.Optimizers;

/// <summary>
/// Momentum as torch.optim.SGD writes it: v &lt;- r v + g; w &lt;- w - a v. The memory holds gradients, not steps, so a new learning rate applies to
/// all of it at once; the same as the heavy ball while the rate stays the same.
/// </summary>
internal sealed class PytorchMomentum(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient);
        weights.add_(velocity, -learningRate);
    }
}
