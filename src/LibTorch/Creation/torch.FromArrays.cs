namespace TorchSharp;

public static partial class torch
{
    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(dataArray, [dataArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>(dataArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A copy of an array's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<byte>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(IList<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<short>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<int>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<long>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<float>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<double>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements: [n], in their own type unless another is given.</summary>
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A copy of a list's elements in row-major order in a shape, in their own type unless another is given.</summary>
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied<bool>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A copy of a table's elements: [rows, columns], in their own type unless another is given.</summary>
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(Elements<byte>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names);

    /// <summary>A copy of a table's elements: [rows, columns], in their own type unless another is given.</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(Elements<int>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names);

    /// <summary>A copy of a table's elements: [rows, columns], in their own type unless another is given.</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(Elements<long>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names);

    /// <summary>A copy of a table's elements: [rows, columns], in their own type unless another is given.</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(Elements<float>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names);

    /// <summary>A copy of a table's elements: [rows, columns], in their own type unless another is given.</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(Elements<double>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names);

    /// <summary>A copy of a table's elements: [rows, columns], in their own type unless another is given.</summary>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copied(Elements<bool>(rawArray), Lengths(rawArray), dtype, device, requires_grad, names);
}
