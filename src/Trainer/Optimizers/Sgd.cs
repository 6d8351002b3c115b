namespace Trainyard.Trainer.Optimizers;

// w <- w - a g (Robbins, Monro, 1951; torch.optim.SGD without momentum).
internal sealed class Sgd(IReadOnlyList<Tensor> parameters) : Optimizer(parameters)
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate) =>
        weights.add_(gradient, -learningRate);
}
