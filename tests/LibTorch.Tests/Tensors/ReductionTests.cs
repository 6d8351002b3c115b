namespace Trainyard.LibTorch.Tests.Tensors;

public sealed class ReductionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = tensor(new float[,] { { 1, 5, 3 }, { 4, 2, 9 } });

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Sums_AndMeans()
    {
        Assert.Equal(24, _x.sum().item<float>());
        Close.To([9, 15], _x.sum(1));
        Close.To([5, 7, 12], _x.sum([0L]));
        Assert.Equal([2, 1], _x.sum(1, keepdim: true).shape);
        Assert.Equal(float64, _x.sum(float64).dtype);
        Assert.Equal(4, _x.mean().item<float>());
        Close.To([3, 5], _x.mean([1]));
        Close.To([1, 6, 9], _x[0].cumsum(0));
        Assert.Equal(15, _x[0].prod().item<float>());
    }

    [Fact]
    public void Spread_BiasedAndUnbiased()
    {
        var row = tensor(new[] { 1.0, 2, 3, 4 });
        Close.To([5.0 / 3], row.var());
        Close.To([1.25], row.var(unbiased: false));
        Close.To([Math.Sqrt(1.25)], row.std(unbiased: false));
        Close.To([4, 13], _x.var([1]));
        var (variance, mean) = _x.var_mean([1], unbiased: false);
        Close.To([8.0 / 3, 26.0 / 3], variance, 1e-5);
        Close.To([3, 5], mean);
    }

    [Fact]
    public void Extremes_AndTheirPositions()
    {
        Assert.Equal(9, _x.max().item<float>());
        var (values, positions) = _x.max(1);
        Close.To([5, 9], values);
        Close.To([1, 2], positions);
        Close.To([1, 2, 3], _x.amin(0));
        Close.To([5, 9], _x.amax([1L], keepdim: true));
        Close.To([1, 2], _x.argmax(1));
        Assert.Equal(0, _x.argmin().item<long>());
        var (top, where) = _x.topk(2);
        Close.To([5, 3, 9, 4], top);
        Close.To([1, 2, 2, 0], where);
        var (sorted, order) = _x.sort(1, descending: true);
        Close.To([5, 3, 1, 9, 4, 2], sorted);
        Close.To([1, 2, 0, 2, 0, 1], order);
        Close.To([0, 2, 1, 1, 0, 2], _x.argsort(1));
    }

    [Fact]
    public void Norms_AndLogSumExp()
    {
        var row = tensor(new[] { 3f, -4f });
        Assert.Equal(5, row.norm().item<float>());
        Assert.Equal(7, row.norm(1f).item<float>());
        Assert.Equal(5, linalg.vector_norm(row).item<float>());
        Assert.Equal(1000 + MathF.Log(2), logsumexp(tensor(new[] { 1000f, 1000f }), 0).item<float>(), 1e-3);
    }

    [Fact]
    public void Histograms_CountElements()
    {
        Close.To([1, 2, 0, 1], tensor(new[] { 0f, 1f, 1.5f, 4f }).histc(4, 0, 4));
        Close.To([1, 0, 2], tensor(new long[] { 2, 0, 2 }).bincount(null));
        Close.To([2], tensor(new[] { 3f, 1f, 2f }).median());
        Close.To([1.5], tensor(new[] { 1f, 2f }).quantile(tensor(0.5f)));
    }
}
