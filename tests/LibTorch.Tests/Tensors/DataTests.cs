namespace Trainyard.LibTorch.Tests.Tensors;

public sealed class DataTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Accessor_ReadsAndWritesInPlace()
    {
        var x = tensor(new[] { 1f, 2f, 3f, 4f }, [2, 2]);
        var data = x.data<float>();
        Assert.Equal(4, data.Count);
        Assert.Equal(3, data[2]);
        Assert.Equal(2, data[0, 1]);
        data[1, 1] = 40;
        Close.To([1, 2, 3, 40], x);
        data.CopyFrom([7f, 8f]);
        Close.To([7, 8, 3, 40], x);

        var part = new float[2];
        data.CopyTo(part, 0, 1);
        Assert.Equal([8f, 3], part);
        Assert.Throws<IndexOutOfRangeException>(() => data[4]);
        Assert.Throws<IndexOutOfRangeException>(() => data[0, 2]);
    }

    [Fact]
    public void Accessor_OfATransposedTensor_IsInRowMajorOrder()
    {
        var t = tensor(new[] { 1f, 2f, 3f, 4f, 5f, 6f }, [2, 3]).t();
        Assert.Equal([1f, 4, 2, 5, 3, 6], t.data<float>().ToArray());
        Assert.Equal([1f, 4, 2, 5, 3, 6], t.data<float>());
        Assert.Equal(5, t.data<float>()[3]);
    }

    [Fact]
    public void Data_OfAnotherType_Throws()
    {
        Assert.Throws<ArgumentException>(() => ones(1).data<double>());
        Assert.Throws<ArgumentException>(() => ones(1).item<long>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(1, dtype: bfloat16).item<float>());
    }

    [Fact]
    public void Numbers_OfAnyType_Convert()
    {
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2.5f, tensor(2.5f).to(bfloat16).ToSingle());
        Assert.Equal(7, tensor(7L).ToInt32());
        Assert.Equal(7, (long)tensor(7));
        Assert.True(tensor(1f).ToBoolean());
    }

    [Fact]
    public void Bytes_RoundTrip()
    {
        var x = randn(3, 5);
        var copy = empty(3, 5);
        copy.bytes = x.bytes.ToArray();
        Assert.Equal(x.data<float>().ToArray(), copy.data<float>().ToArray());
        Assert.Equal(60, x.bytes.Length);
        Assert.Throws<ArgumentException>(() => copy.bytes = new byte[59]);
        Assert.Throws<InvalidOperationException>(() => x.t().bytes.Length);
    }

    [Fact]
    public void Bfloat16_Conversion_RoundsToNearestEven()
    {
        // 3e38 = 1.763 * 2^127 = 225.7 / 128 * 2^127: to 226.
        // 1 + 2^-8 lies halfway between 1 and 1 + 2^-7: to the even 1; 1 + 3 * 2^-8 to the even 1 + 2^-6.
        var x = tensor(new[] { 1f + (1f / 256), 1f + (3f / 256), 3.14159265f, -0f, 3e38f });
        var narrow = x.to(bfloat16);
        Assert.Equal(2, narrow.element_size());
        Assert.Equal([1f, 1.015625f, 3.140625f, -0f, 226 / 128f * MathF.Pow(2, 127)], narrow.to(float32).data<float>().ToArray());

        // The bytes are the upper half of the float32.
        var bits = BitConverter.SingleToUInt32Bits(3.140625f) >> 16;
        Assert.Equal(BitConverter.GetBytes((ushort)bits), narrow[2].bytes.ToArray());
    }

    [Fact]
    public void To_SameTypeSharesTheElements_CopyDoesNot()
    {
        var x = ones(2);
        x.to(float32).fill_(3);
        Close.To([3, 3], x);
        x.to(float32, copy: true).fill_(9);
        Close.To([3, 3], x);
        var y = ones(1);
        _ = y.to(float64, disposeAfter: true);
        Assert.True(y.IsInvalid);
    }
}
