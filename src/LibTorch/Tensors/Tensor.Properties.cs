using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of dimensions.</summary>
        public long Dimensions => Keep(NativeMethods.ty_tensor_dim(Handle));

        /// <inheritdoc cref="Dimensions"/>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Keep(NativeMethods.ty_tensor_numel(Handle));

        /// <summary>Bytes per element.</summary>
        public long ElementSize => Keep(NativeMethods.ty_tensor_element_size(Handle));

        /// <summary>The length of each dimension.</summary>
        public long[] shape => size();

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => (ScalarType)Keep(NativeMethods.ty_tensor_dtype(Handle));

        /// <summary>Where the elements lie.</summary>
        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type, device_index);

        /// <summary>The kind of device where the elements lie.</summary>
        public DeviceType device_type => (DeviceType)Keep(NativeMethods.ty_tensor_device_type(Handle));

        /// <summary>Which device of its kind; -1 on the CPU.</summary>
        public int device_index => Keep(NativeMethods.ty_tensor_device_index(Handle));

        /// <summary>True on a GPU.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>True for a sparse layout.</summary>
        public bool is_sparse => Keep(NativeMethods.ty_tensor_is_sparse(Handle)) != 0;

        /// <inheritdoc cref="Dimensions"/>
        public long dim() => Dimensions;

        /// <inheritdoc cref="NumberOfElements"/>
        public long numel() => NumberOfElements;

        /// <inheritdoc cref="ElementSize"/>
        public long element_size() => ElementSize;

        /// <inheritdoc cref="shape"/>
        public unsafe long[] size()
        {
            var sizes = new long[Dimensions];
            fixed (long* address = sizes)
            {
                Check(NativeMethods.ty_tensor_layout(Handle, address, null));
            }

            GC.KeepAlive(this);
            return sizes;
        }

        /// <summary>The length of a dimension; negative ones count from the last.</summary>
        public long size(int dim) => size()[Position(dim)];

        /// <summary>The distance in elements between neighbours along each dimension.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* address = strides)
            {
                Check(NativeMethods.ty_tensor_layout(Handle, null, address));
            }

            GC.KeepAlive(this);
            return strides;
        }

        /// <summary>The distance in elements between neighbours along a dimension; negative ones count from the last.</summary>
        public long stride(int dim) => stride()[Position(dim)];

        /// <summary>True when the elements lie in row-major order without gaps.</summary>
        public bool is_contiguous() => Keep(NativeMethods.ty_tensor_is_contiguous(Handle)) != 0;

        /// <summary>True for float16, bfloat16, float32 and float64.</summary>
        public bool is_floating_point() =>
            dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

        /// <summary>True in page-locked memory, from which copies to a GPU need not wait.</summary>
        public bool is_pinned() => Aten.IsPinned.CallBoolean(this);

        private int Position(int dim)
        {
            var count = Dimensions;
            return dim >= -count && dim < count
                ? (int)(dim < 0 ? dim + count : dim)
                : throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})");
        }

        /// <summary>Passes a value on; the handle that it was read through stays alive until here.</summary>
        private T Keep<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
