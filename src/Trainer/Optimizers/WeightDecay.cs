namespace Trainyard.Trainer.Optimizers;

/// <summary>A pull of weights towards zero, applied after the gradient is known and before the optimizer's step.</summary>
/// <param name="weights">What is pulled: the weights of convolutions and dense layers; biases, batch norm and learned slopes only on demand.</param>
internal abstract class WeightDecay(IReadOnlyList<Tensor> weights)
{
    /// <summary>Pulls once.</summary>
    /// <param name="learningRate">Length of the step that follows (a).</param>
    /// <param name="factor">The schedule's share in it (s): 1 at the optimizer's own learning rate.</param>
    public void Apply(double learningRate, double factor)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var weight in weights)
        {
            Pull(weight, learningRate, factor);
        }
    }

    /// <summary>Pulls one tensor in place; called without gradient recording.</summary>
    protected abstract void Pull(Tensor weight, double learningRate, double factor);
}
