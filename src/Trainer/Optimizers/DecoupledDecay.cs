namespace Trainyard.Trainer.Optimizers;

// w <- w - a strength w, as torch.optim.AdamW does before its step, or w <- w - s strength w with the schedule's factor s (Loshchilov, Hutter, 2019,
// algorithm 2), where the decay does not change with the learning rate.
// strength: Share of a weight that a step takes, before it is scaled.
internal sealed class DecoupledDecay(IReadOnlyList<Tensor> weights, double strength, bool scaledByRate) : WeightDecay(weights)
{
    protected override void Apply(Tensor weight, double learningRate, double factor) =>
        weight.mul_(1 - ((scaledByRate ? learningRate : factor) * strength));
}
