namespace Trainyard.Trainer.WeightDecays;

/// <summary>w &lt;- w - a strength w (Loshchilov, Hutter, 2019; torch.optim.AdamW does the same before its step).</summary>
internal sealed class DecoupledDecay(IReadOnlyList<Tensor> weights, double strength) : WeightDecay(weights)
{
    /// <inheritdoc/>
    protected override void Pull(Tensor weight, double learningRate) => weight.mul_((1 - (learningRate * strength)).ToScalar());
}
