using System.Collections;

namespace TorchSharp.Utils;

/// <summary>
/// The elements of a CPU tensor in row-major order, whatever its strides; reads and writes go to the tensor itself, which must
/// not be disposed while the accessor is in use.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;
    private readonly unsafe T* _first;

    internal unsafe TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        _first = (T*)tensor.DataAddress();
        Count = tensor.NumberOfElements;
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The element at a row-major position, or at one index per dimension.</summary>
    /// <exception cref="IndexOutOfRangeException">No such element.</exception>
    public unsafe T this[params long[] indices]
    {
        get => Memory()[Offset(indices)];
        set => Memory()[Offset(indices)] = value;
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>Copies elements from position <paramref name="tensorIndex"/> on, as many as there are and fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(target.Length, Math.Max(0, Count - tensorIndex));
        if (_contiguous)
        {
            new ReadOnlySpan<T>(Memory() + tensorIndex, length).CopyTo(target);
            return;
        }

        for (var i = 0; i < length; i++)
        {
            target[i] = Memory()[Offset(tensorIndex + i)];
        }
    }

    /// <summary>Overwrites elements from position <paramref name="tensorIndex"/> on, as many as there are and are given.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var length = (int)Math.Min(source.Length, Math.Max(0, Count - tensorIndex));
        if (_contiguous)
        {
            source[..length].CopyTo(new Span<T>(Memory() + tensorIndex, length));
            return;
        }

        for (var i = 0; i < length; i++)
        {
            Memory()[Offset(tensorIndex + i)] = source[i];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>Nothing: the tensor belongs to its scope or holder.</summary>
    public void Dispose()
    {
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static unsafe T First(torch.Tensor tensor)
    {
        var value = *(T*)tensor.DataAddress();
        GC.KeepAlive(tensor);
        return value;
    }

    /// <summary>The first element's address, or an exception when the tensor was disposed meanwhile.</summary>
    private unsafe T* Memory()
    {
        _ = _tensor.Handle;
        return _first;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < Count ? Offset(indices[0]) : throw OutOfRange(indices);
        }

        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices.Length != _shape.Length || indices[i] < 0 || indices[i] >= _shape[i])
            {
                throw OutOfRange(indices);
            }

            offset += indices[i] * _strides[i];
        }

        return offset;
    }

    private long Offset(long position)
    {
        if (_contiguous)
        {
            return position;
        }

        var offset = 0L;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            (position, var index) = Math.DivRem(position, _shape[i]);
            offset += index * _strides[i];
        }

        return offset;
    }

    private IndexOutOfRangeException OutOfRange(long[] indices) =>
        new($"[{string.Join(", ", indices)}] is outside a tensor of shape [{string.Join(", ", _shape)}].");
}
