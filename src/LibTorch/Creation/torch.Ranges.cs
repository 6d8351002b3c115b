using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Zeros in another tensor's shape, type and place.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Recorded(Aten.ZerosLike.Call(input, dtype, Argument.None, Placed(device, names)), requires_grad);

    /// <summary>Ones in another tensor's shape, type and place.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Recorded(Aten.OnesLike.Call(input, dtype, Argument.None, Placed(device, names)), requires_grad);

    /// <summary>Memory with whatever it holds, in another tensor's shape, type and place.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Recorded(Aten.EmptyLike.Call(input, dtype, Argument.None, Placed(device, names)), requires_grad);

    /// <summary>A number in another tensor's shape, type and place.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Recorded(Aten.FullLike.Call(input, value, dtype, Argument.None, Placed(device, names)), requires_grad);

    /// <summary>start, start + step, ... before stop: [n]; int64 when all are integers, otherwise float32, unless a type is given.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Recorded(Aten.ArangeStartStep.Call(start, stop, step, dtype, Argument.None, Placed(device)), requires_grad);

    /// <summary>start, start + 1, ... before stop: [n].</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>0, 1, ... before stop: [n].</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Equally spaced numbers from start to end, both included: [steps]; float32 unless a type is given.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Recorded(Aten.Linspace.Call(start, end, steps, dtype, Argument.None, Placed(device)), requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere: [rows, columns]; square when columns is -1.</summary>
    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Recorded(Aten.EyeM.Call(rows, columns < 0 ? rows : columns, dtype, Argument.None, Placed(device, names)), requires_grad);
}
