using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A copy of an array of any rank, in its shape and own type.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, dtype: null, device);

    /// <summary>A copy of an array of any rank, in its shape and own type unless another is given.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        rawArray switch
        {
            byte[] or byte[,] or byte[,,] or byte[,,,] => Copied(Elements<byte>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names),
            int[] or int[,] or int[,,] or int[,,,] => Copied(Elements<int>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names),
            long[] or long[,] or long[,,] or long[,,,] => Copied(Elements<long>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names),
            float[] or float[,] or float[,,] or float[,,,] => Copied(Elements<float>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names),
            double[] or double[,] or double[,,] or double[,,,] => Copied(Elements<double>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names),
            bool[] or bool[,] or bool[,,] or bool[,,,] => Copied(Elements<bool>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names),
            _ => throw new NotSupportedException($"A tensor cannot be made from {rawArray.GetType()}."),
        };

    /// <summary>The elements of an array of any rank in row-major order, in place.</summary>
    private static ReadOnlySpan<T> Elements<T>(Array array) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static long[] Lengths(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    /// <summary>A CPU tensor with a copy of the elements, converted and moved as asked.</summary>
    private static unsafe Tensor Copied<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names = null)
        where T : unmanaged
    {
        var own = ScalarTypeOf(typeof(T));
        var tensor = empty(shape, own, CPU, requires_grad: false, names);
        if (tensor.NumberOfElements != elements.Length)
        {
            tensor.Dispose();
            throw new ArgumentException($"{elements.Length} elements do not fill the shape [{string.Join(", ", shape.ToArray())}].", nameof(elements));
        }

        elements.CopyTo(new Span<T>(tensor.DataAddress(), elements.Length));
        if ((dtype is { } type && type != own) || (device is not null && device.type != DeviceType.CPU))
        {
            tensor = tensor.to(dtype ?? own, device ?? CPU, disposeAfter: true);
        }

        return Recorded(tensor, requires_grad);
    }
}
