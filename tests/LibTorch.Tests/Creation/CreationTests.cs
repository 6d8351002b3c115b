namespace Trainyard.LibTorch.Tests.Creation;

public sealed class CreationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Filled_ShapesAndTypes()
    {
        var z = zeros(2, 3);
        Assert.Equal([2, 3], z.shape);
        Assert.Equal(float32, z.dtype);
        Close.To([0, 0, 0, 0, 0, 0], z);
        Close.To([1, 1], ones([2], dtype: float64));
        Close.To([7, 7, 7], full([3], 7));
        Assert.Equal(int64, full([3], 7).dtype);
        Assert.Equal(bfloat16, empty(1, 2, 3, 4, dtype: bfloat16).dtype);
        Assert.True(ones(2, requires_grad: true).requires_grad);
        Assert.Equal([2, 3], zeros_like(z).shape);
        Assert.Equal(int32, ones_like(z, dtype: int32).dtype);
        Close.To([5, 5, 5, 5, 5, 5], full_like(z, 5));
    }

    [Fact]
    public void Ranges_HaveTheirElements()
    {
        Close.To([0, 1, 2], arange(3));
        Assert.Equal(int64, arange(3).dtype);
        Close.To([1, 1.5, 2, 2.5], arange(1.0, 3.0, 0.5));
        Close.To([0, 0.25, 0.5, 0.75, 1], linspace(0, 1, 5));
        Close.To([1, 0, 0, 1], eye(2));
        Assert.Equal([2, 3], eye(2, 3).shape);
    }

    [Fact]
    public void FromArrays_CopyInTheirOwnTypeOrAnother()
    {
        float[] source = [1, 2, 3, 4, 5, 6];
        var t = tensor(source, [2, 3]);
        source[0] = 99;
        Close.To([1, 2, 3, 4, 5, 6], t);
        Assert.Equal([2, 3], t.shape);
        Assert.Equal(float64, tensor(new[] { 1.0 }).dtype);
        Assert.Equal(int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(uint8, tensor(new byte[] { 255 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true, false }).dtype);
        Close.To([1, 0], tensor(new[] { true, false }));
        Assert.Equal(float32, tensor(new byte[] { 3 }, dtype: float32).dtype);
        Close.To([1, 2, 3, 4], tensor(new float[,] { { 1, 2 }, { 3, 4 } }));
        Close.To([1, 2, 3, 4], from_array(new double[,] { { 1, 2 }, { 3, 4 } }));
    }

    [Fact]
    public void FromArray_WrongShape_Throws() => Assert.ThrowsAny<ArgumentException>(() => tensor(new[] { 1f, 2f, 3f }, [2, 2]));

    [Fact]
    public void FromNumbers_HaveNoDimensions()
    {
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(3L, tensor(3L).item<long>());
        Assert.True(tensor(true).item<bool>());
        Assert.Equal(0, tensor(1.0).dim());
    }
}
