namespace Trainyard.Trainer.Optimizers;

/// <summary>G &lt;- G + g^2; w &lt;- w - a g / (sqrt(G) + e) (Duchi, Hazan, Singer, 2011; torch.optim.Adagrad).</summary>
internal sealed class AdaGrad(IReadOnlyList<Tensor> parameters, double epsilon) : Optimizer(parameters, "squares")
{
    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var squares = state[0];
        squares.addcmul_(gradient, gradient, 1);
        weights.addcdiv_(gradient, squares.sqrt().add_(epsilon), -learningRate);
    }
}
