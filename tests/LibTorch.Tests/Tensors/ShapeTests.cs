namespace Trainyard.LibTorch.Tests.Tensors;

public sealed class ShapeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = arange(24).view(2, 3, 4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Properties_DescribeTheTensor()
    {
        Assert.Equal(3, _x.ndim);
        Assert.Equal(24, _x.numel());
        Assert.Equal(8, _x.element_size());
        Assert.Equal([12, 4, 1], _x.stride());
        Assert.Equal(4, _x.size(-1));
        Assert.Equal(DeviceType.CPU, _x.device_type);
        Assert.True(_x.is_contiguous());
        Assert.False(_x.is_floating_point());
    }

    [Fact]
    public void Rearranged_WithoutCopy()
    {
        Assert.Equal([4, 2, 3], _x.permute(2, 0, 1).shape);
        Assert.Equal([3, 2, 4], _x.transpose(0, 1).shape);
        Assert.False(_x.transpose(0, 1).is_contiguous());
        Assert.True(_x.transpose(0, 1).contiguous().is_contiguous());
        Assert.Equal([2, 12], _x.flatten(1).shape);
        Assert.Equal([6, 4], _x.reshape(-1, 4).shape);
        Assert.Equal([2, 1, 3, 4], _x.unsqueeze(1).shape);
        Assert.Equal([2, 3, 4], _x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2, 3, 4], _x.unsqueeze(0).squeeze().shape);
        Close.To([0, 4, 8, 1, 5, 9], _x[0].t()[..2]);

        var view = _x.view(24);
        view[0] = 100;
        Assert.Equal(100, _x[0, 0, 0].item<long>());
    }

    [Fact]
    public void ChannelsLast_ByPermutation_SurvivesConvolution()
    {
        var image = randn(2, 8, 5, 5).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var kernel = randn(4, 8, 3, 3).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal([200, 1, 40, 8], image.stride());
        Assert.Equal(1, F.conv2d(image, kernel).stride()[1]);
        Close.To(Close.Elements(F.conv2d(image.contiguous(), kernel.contiguous())), F.conv2d(image, kernel), 1e-4);
    }

    [Fact]
    public void Repeated_AndBroadcast()
    {
        var row = tensor(new[] { 1f, 2f });
        Close.To([1, 2, 1, 2], row.expand(2, 2));
        Close.To([1, 2, 1, 2, 1, 2], row.repeat(3));
        Close.To([2, 1], row.flip(0));
        Close.To([2, 1], row.roll(1));
    }

    [Fact]
    public void JoinedAndParted()
    {
        var a = ones(2, 3);
        Assert.Equal([4, 3], cat([a, a]).shape);
        Assert.Equal([2, 6], cat([a, a], 1).shape);
        Assert.Equal([2, 2, 3], stack([a, a]).shape);
        Assert.Equal([2L, 2, 1], arange(5).split(2).Select(part => part.numel()));
        Assert.Equal([1L, 4], arange(5).split([1, 4]).Select(part => part.numel()));
        Assert.Equal(3, arange(5).chunk(3).Length);
        Assert.Equal([1L, 2, 3], tensor(new long[] { 1, 2, 3 }).unbind().Select(part => part.item<long>()));
    }

    [Fact]
    public void Triangles_AndDiagonals()
    {
        Close.To([1, 0, 1, 1], ones(2, 2).tril());
        Close.To([0, 1, 0, 0], ones(2, 2).triu(1));
        Close.To([0, 5], _x[0, ..2, ..2].diag());
    }

    [Fact]
    public void Products()
    {
        var m = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Close.To([7, 10, 15, 22], m.mm(m));
        Close.To([5, 11], m.matmul(tensor(new[] { 1f, 2f })));
        Close.To([14 + 1, 20 + 1, 30 + 1, 44 + 1], ones(2, 2).addmm(m, m, 1, 2));
        var (q, r) = linalg.qr(m);
        Close.To([1, 2, 3, 4], q.mm(r), 1e-5);
        Close.To([1, 0, 0, 1], q.t().mm(q), 1e-5);
        var (u, s, vh) = linalg.svd(m);
        Close.To([1, 2, 3, 4], u.mm(s.diag()).mm(vh), 1e-5);
    }
}
