using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]

namespace TorchSharp.Interop;

/// <summary>
/// The C functions of native/. A function that can fail returns null or -1 and leaves its message to
/// <see cref="ty_last_error"/>; <see cref="torch.CheckForErrors"/> turns that into an exception.
/// </summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "trainyard_torch";

    [LibraryImport(Library)] internal static partial byte* ty_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ty_operator(string name, string overload);

    [LibraryImport(Library)]
    internal static partial NativeValue* ty_call(nint op, NativeValue* arguments, int argumentCount, int* count);

    [LibraryImport(Library)] internal static partial void ty_tensor_free(nint tensor);
    [LibraryImport(Library)] internal static partial nint ty_tensor_alias(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ty_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ty_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ty_tensor_element_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ty_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ty_tensor_device_type(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ty_tensor_device_index(nint tensor);
    [LibraryImport(Library)] internal static partial int ty_tensor_is_contiguous(nint tensor);
    [LibraryImport(Library)] internal static partial int ty_tensor_is_sparse(nint tensor);
    [LibraryImport(Library)] internal static partial int ty_tensor_layout(nint tensor, long* sizes, long* strides);
    [LibraryImport(Library)] internal static partial void* ty_tensor_data(nint tensor);

    [LibraryImport(Library)] internal static partial int ty_tensor_requires_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int ty_tensor_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] internal static partial int ty_tensor_is_leaf(nint tensor);
    [LibraryImport(Library)] internal static partial int ty_tensor_retain_grad(nint tensor);
    [LibraryImport(Library)] internal static partial nint ty_tensor_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int ty_tensor_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial int ty_backward(
        nint* outputs, int outputCount, nint* gradOutputs, int gradCount, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial NativeValue* ty_grad(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradOutputs, int gradCount, int retainGraph, int createGraph, int allowUnused);

    [LibraryImport(Library)] internal static partial int ty_grad_mode();
    [LibraryImport(Library)] internal static partial void ty_set_grad_mode(int enabled);
    [LibraryImport(Library)] internal static partial int ty_inference_mode();
    [LibraryImport(Library)] internal static partial nint ty_inference_mode_enter(int enabled);
    [LibraryImport(Library)] internal static partial void ty_inference_mode_leave(nint guard);

    [LibraryImport(Library)] internal static partial nint ty_generator_new(ulong seed, int deviceType, int deviceIndex);
    [LibraryImport(Library)] internal static partial nint ty_generator_default();
    [LibraryImport(Library)] internal static partial void ty_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial int ty_generator_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial ulong ty_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial nint ty_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial int ty_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial int ty_manual_seed(ulong seed);

    [LibraryImport(Library)] internal static partial byte* ty_version();
    [LibraryImport(Library)] internal static partial int ty_num_threads();
    [LibraryImport(Library)] internal static partial int ty_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int ty_num_interop_threads();
    [LibraryImport(Library)] internal static partial int ty_set_num_interop_threads(int count);

    [LibraryImport(Library)] internal static partial int ty_cuda_is_available();
    [LibraryImport(Library)] internal static partial int ty_cudnn_is_available();
    [LibraryImport(Library)] internal static partial int ty_cuda_device_count();
    [LibraryImport(Library)] internal static partial int ty_cuda_manual_seed(ulong seed);
    [LibraryImport(Library)] internal static partial int ty_cuda_manual_seed_all(ulong seed);
    [LibraryImport(Library)] internal static partial int ty_cuda_synchronize(long deviceIndex);
}
