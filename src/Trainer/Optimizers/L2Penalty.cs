namespace Trainyard.Trainer.Optimizers;

// g <- g + strength w: the gradient of strength/2 |w|^2 in the loss (Krogh, Hertz, 1991; weight_decay of torch.optim.SGD).
internal sealed class L2Penalty(IReadOnlyList<Tensor> weights, double strength) : WeightDecay(weights)
{
    protected override void Apply(Tensor weight, double learningRate, double factor) => weight.grad?.add_(weight, strength);
}
