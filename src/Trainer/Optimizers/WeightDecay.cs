namespace Trainyard.Trainer.Optimizers;

// Shrinks weights towards zero, after backward and before the optimizer's step.
// weights: What decays: the weights of convolutions and dense layers; biases, batch norm and trained slopes only on demand.
internal abstract class WeightDecay(IReadOnlyList<Tensor> weights)
{
    // Decays every weight once. factor: The schedule's share in it (s): 1 at the optimizer's own learning rate.
    public void Apply(double learningRate, double factor)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var weight in weights)
        {
            Apply(weight, learningRate, factor);
        }
    }

    /// <summary>Decays one tensor in place; called without gradient recording.</summary>
    protected abstract void Apply(Tensor weight, double learningRate, double factor);
}
