using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Throws this thread's last libtorch error, if there is one that was not thrown yet.</summary>
    /// <exception cref="ExternalException">With libtorch's message.</exception>
    public static unsafe void CheckForErrors()
    {
        var message = NativeMethods.ty_last_error();
        if (message != null)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)message));
        }
    }

    /// <summary>Wraps a result handle; a null one is the sign of an error.</summary>
    internal static Tensor Wrap(nint handle)
    {
        if (handle == 0)
        {
            CheckForErrors();
        }

        return new Tensor(handle);
    }

    /// <summary>Throws the pending error when a status says that the call failed.</summary>
    internal static void Check(int status)
    {
        if (status < 0)
        {
            CheckForErrors();
        }
    }
}
