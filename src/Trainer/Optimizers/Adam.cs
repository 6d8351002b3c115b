namespace Trainyard.Trainer.Optimizers;

/// <summary>
/// m &lt;- b1 m + (1 - b1) g; G &lt;- b2 G + (1 - b2) g^2; w &lt;- w - a (m / (1 - b1^t)) / (sqrt(G / (1 - b2^t)) + e), t from 1 (Kingma, Ba, 2015,
/// algorithm 1; torch.optim.Adam).
/// </summary>
internal sealed class Adam(IReadOnlyList<Tensor> parameters, double beta1, double beta2, double epsilon) : Optimizer(parameters, "mean", "squares")
{
    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var (mean, squares) = (state[0], state[1]);
        mean.mul_(beta1.ToScalar()).add_(gradient, 1 - beta1);
        squares.mul_(beta2.ToScalar()).addcmul_(gradient, gradient, 1 - beta2);
        var meanCorrection = 1 - Math.Pow(beta1, Steps);
        var squaresCorrection = 1 - Math.Pow(beta2, Steps);
        var spread = squares.sqrt().div_(Math.Sqrt(squaresCorrection).ToScalar()).add_(epsilon.ToScalar());
        weights.addcdiv_(mean, spread, -learningRate / meanCorrection);
    }
}
