using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Tensors and the functions on them: the part of TorchSharp's <c>torch</c> that the trainer uses.</summary>
public static partial class torch
{
    /// <summary>The version of the libtorch at work, such as "1.13.1".</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.ty_version())!;

    /// <summary>The number of threads that one operator may use on the CPU.</summary>
    public static int get_num_threads() => NativeMethods.ty_num_threads();

    /// <summary>Sets the number of threads that one operator may use on the CPU, at least 1.</summary>
    public static void set_num_threads(int num) => Check(NativeMethods.ty_set_num_threads(num));

    /// <summary>The number of threads that run independent operators at the same time.</summary>
    public static int get_num_interop_threads() => NativeMethods.ty_num_interop_threads();

    /// <summary>Sets the number of threads that run independent operators; only once, before they are first used.</summary>
    public static void set_num_interop_threads(int num) => Check(NativeMethods.ty_set_num_interop_threads(num));
}
