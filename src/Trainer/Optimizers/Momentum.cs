namespace Trainyard.Trainer.Optimizers;

/// <summary>
/// The heavy ball (Polyak, 1964): v &lt;- r v - a g; w &lt;- w + v. torch.optim.SGD keeps v without a (v &lt;- r v + g; w &lt;- w - a v), which is the
/// same while the learning rate stays the same.
/// </summary>
internal sealed class Momentum(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient, -learningRate);
        weights.add_(velocity);
    }
}
