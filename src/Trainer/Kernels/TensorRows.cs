using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Trainer.Kernels;

/// <summary>Images [N, C, H, W] with channels last in memory, and vectors [N, C], as rows of channels.</summary>
internal static class TensorRows
{
    /// <summary>The tensor with its rows in order in memory: [N, H, W, C] or [N, C]; a copy only where they are not.</summary>
    public static Tensor Of(Tensor tensor) => (tensor.dim() == 4 ? tensor.permute(0, 2, 3, 1) : tensor).contiguous();

    /// <summary>A tensor of a shape, with channels last in memory and any values.</summary>
    public static Tensor Empty(long[] shape, ScalarType type) => shape is [var n, var c, var h, var w]
        ? empty_strided([n, c, h, w], [h * w * c, 1, w * c, c], dtype: type)
        : empty(shape, dtype: type);

    /// <summary>Where the values of a tensor whose values lie side by side begin, as those of <see cref="Of"/> do.</summary>
    public static unsafe nint Address(Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    public static Span<float> Values(Tensor vector) => MemoryMarshal.Cast<byte, float>(vector.bytes);
}
