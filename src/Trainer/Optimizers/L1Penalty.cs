namespace Trainyard.Trainer.Optimizers;

// g <- g + strength sign(w): the gradient of strength |w| in the loss (Tibshirani, 1996); its gradient at 0 is 0.
internal sealed class L1Penalty(IReadOnlyList<Tensor> weights, double strength) : WeightDecay(weights)
{
    protected override void Apply(Tensor weight, double learningRate, double factor) => weight.grad?.add_(weight.sign(), strength);
}
