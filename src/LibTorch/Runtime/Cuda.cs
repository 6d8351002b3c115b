using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>True when libtorch can use a GPU.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>The GPUs that libtorch sees.</summary>
    public static partial class cuda
    {
        /// <summary>True when libtorch is a CUDA build and there is a GPU with a driver.</summary>
        public static bool is_available() => NativeMethods.ty_cuda_is_available() != 0;

        /// <summary>True when convolutions can use cuDNN.</summary>
        public static bool is_cudnn_available() => NativeMethods.ty_cudnn_is_available() != 0;

        /// <summary>The number of GPUs; 0 in a build without CUDA.</summary>
        public static int device_count() => NativeMethods.ty_cuda_device_count();

        /// <summary>Seeds the current GPU's default generator.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available())
            {
                Check(NativeMethods.ty_cuda_manual_seed((ulong)seed));
            }
        }

        /// <summary>Seeds every GPU's default generator.</summary>
        public static void manual_seed_all(long seed)
        {
            if (is_available())
            {
                Check(NativeMethods.ty_cuda_manual_seed_all((ulong)seed));
            }
        }

        /// <summary>Waits until all work on a GPU is done; null is the current one.</summary>
        public static void synchronize(Device? device = null) => Check(NativeMethods.ty_cuda_synchronize(device?.index ?? -1));
    }
}
