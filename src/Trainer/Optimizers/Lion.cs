namespace Trainyard.Trainer.Optimizers;

// w <- w - a sign(b1 m + (1 - b1) g); m <- b2 m + (1 - b2) g (Chen et al., 2023, algorithm 2).
internal sealed class Lion(IReadOnlyList<Tensor> parameters, double beta1, double beta2) : Optimizer(parameters, "mean")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var mean = state[0];
        var direction = mean.mul(beta1).add_(gradient, 1 - beta1).sign();
        weights.add_(direction, -learningRate);
        mean.mul_(beta2).add_(gradient, 1 - beta2);
    }
}
