namespace Trainyard.LibTorch.Tests.Tensors;

public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = arange(12).view(3, 4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Views_OfPositionsAndRanges()
    {
        Assert.Equal(6, _x[1, 2].item<long>());
        Close.To([4, 5, 6, 7], _x[1]);
        Close.To([8, 9, 10, 11], _x[^1]);
        Close.To([1, 5, 9], _x[TensorIndex.Colon, 1]);
        Close.To([3, 7, 11], _x[TensorIndex.Ellipsis, -1]);
        Close.To([0, 2, 8, 10], _x[TensorIndex.Slice(step: 2), TensorIndex.Slice(0, null, 2)]);
        Close.To([5, 6, 9, 10], _x[1.., 1..3]);
        Assert.Equal([1, 3, 4], _x[TensorIndex.None].shape);
        Close.To([4, 5], _x.narrow(0, 1, 1).slice(1, 0, 2, 1));
    }

    [Fact]
    public void Views_Assigned_WriteThrough()
    {
        _x[0] = tensor(-1L);
        _x[1.., 3] = tensor(new long[] { 70, 110 });
        Close.To([-1, -1, -1, -1, 4, 5, 6, 70, 8, 9, 10, 110], _x);
    }

    [Fact]
    public void Positions_AndMasks_Select()
    {
        var rows = tensor(new long[] { 2, 0 });
        Close.To([8, 9, 10, 11, 0, 1, 2, 3], _x[rows]);
        Close.To([8, 9, 10, 11, 0, 1, 2, 3], _x.index_select(0, rows));
        Close.To([9, 1], _x[TensorIndex.Tensor(rows), 1]);
        Close.To([10, 11], _x[_x > (Scalar)9]);
        Close.To([10, 11], _x.masked_select(_x > (Scalar)9));
        Close.To([1, 4], _x[..2].gather(1, tensor(new long[] { 1, 0 }).view(2, 1)));

        _x[_x > (Scalar)9] = tensor(0L);
        Assert.Equal(9, _x.max().item<long>());
    }

    [Fact]
    public void Scattered_Written()
    {
        var target = zeros(2, 3);
        target.scatter_(1, tensor(new long[] { 2, 0 }).view(2, 1), ones(2, 1));
        Close.To([0, 0, 1, 1, 0, 0], target);
        Close.To([9, 9, 0, 0, 9, 9], target.masked_fill(target.eq(0), 9).sub_(target.eq(1).to(float32)));
        Close.To([0, 2], tensor(new[] { 5f, 0f, 7f }).nonzero());
    }
}
