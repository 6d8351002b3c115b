namespace Trainyard.Trainer.Checkpoints;

/// <summary>A copy of the weights after the best epoch so far, which an early-stopped run ends with (Prechelt, 1998). Part of every checkpoint.</summary>
internal sealed class BestWeights : IDisposable
{
    public const string Prefix = "best.";

    private readonly (string Name, Tensor Trained, Tensor Kept)[] weights;

    public BestWeights(IEnumerable<(string Name, Tensor Tensor)> trained)
    {
        using var _ = no_grad();
        weights = [.. trained.Select(own => (own.Name, own.Tensor, own.Tensor.clone().DetachFromDisposeScope()))];
    }

    public IEnumerable<(string Name, Tensor Tensor)> State => weights.Select(weight => (Prefix + weight.Name, weight.Kept));

    public void Update()
    {
        using var _ = no_grad();
        foreach (var (_, trained, kept) in weights)
        {
            kept.copy_(trained);
        }
    }

    /// <summary>Swaps the copy and the network's weights; a second call swaps them back.</summary>
    public void Swap()
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

    public void Dispose()
    {
        foreach (var (_, _, kept) in weights)
        {
            kept.Dispose();
        }
    }
}
