namespace Trainyard.Trainer.Checkpoints;

/// <summary>
/// The weights after the best epoch so far, kept beside those that training goes on with: what a run ends with that stops early (Prechelt, 1998). They are
/// part of every checkpoint.
/// </summary>
internal sealed class BestWeights : IDisposable
{
    /// <summary>What the names of the kept weights begin with.</summary>
    public const string Prefix = "best.";

    private readonly (string Name, Tensor Trained, Tensor Kept)[] weights;

    /// <summary>Keeps the first weights.</summary>
    /// <param name="trained">What training changes: parameters and batch-norm statistics, by name.</param>
    public BestWeights(IEnumerable<(string Name, Tensor Tensor)> trained)
    {
        using var _ = no_grad();
        weights = [.. trained.Select(own => (own.Name, own.Tensor, own.Tensor.clone().DetachFromDisposeScope()))];
    }

    /// <summary>The kept weights by name.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State => weights.Select(weight => (Prefix + weight.Name, weight.Kept));

    /// <summary>Keeps the weights as they are now.</summary>
    public void Keep()
    {
        using var _ = no_grad();
        foreach (var (_, trained, kept) in weights)
        {
            kept.copy_(trained);
        }
    }

    /// <summary>Puts the kept weights into the network and keeps those that it had; a second time puts them back.</summary>
    public void Exchange()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (_, trained, kept) in weights)
        {
            var last = trained.clone();
            trained.copy_(kept);
            kept.copy_(last);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, kept) in weights)
        {
            kept.Dispose();
        }
    }
}
