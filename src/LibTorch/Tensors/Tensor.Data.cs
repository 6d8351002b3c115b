using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// The bytes of a contiguous CPU tensor, in place when read: keep the tensor alive while the span is in use. Setting copies.
        /// </summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        /// <exception cref="ArgumentException">There are more than 2^31 - 1 bytes, or a value of another length is set.</exception>
        public unsafe Span<byte> bytes
        {
            get => new(DataAddress(), checked((int)ByteCount()));
            set
            {
                if (value.Length != ByteCount())
                {
                    throw new ArgumentException($"The tensor has {NumberOfElements * ElementSize} bytes, the value {value.Length}.", nameof(value));
                }

                value.CopyTo(new Span<byte>(DataAddress(), value.Length));
                GC.KeepAlive(this);
            }
        }

        /// <summary>The elements, to read and write in place; those of a GPU tensor are copied first (a device synchronization).</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the type of the elements.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            CheckElementType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only element (a device synchronization on a GPU).</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or it is not a <typeparamref name="T"/>.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"The tensor has {NumberOfElements} elements; item() needs exactly 1.");
            }

            CheckElementType(typeof(T));
            using var here = device_type == DeviceType.CPU ? null : cpu();
            return TensorAccessor<T>.First(here ?? this);
        }

        /// <summary>The only element as a number of any type (a device synchronization on a GPU).</summary>
        public Scalar ToScalar() => Aten.Item.CallNumber(this);

        /// <summary>The address of the first element of a CPU tensor; valid while the tensor is alive.</summary>
        internal unsafe void* DataAddress()
        {
            var address = NativeMethods.ty_tensor_data(Handle);
            if (address == null)
            {
                CheckForErrors();
            }

            return Keep((nint)address).ToPointer();
        }

        private void CheckElementType(Type type)
        {
            var own = dtype;
            if (own == ScalarType.BFloat16 || ScalarTypeOf(type) != own)
            {
                throw new ArgumentException($"{type.Name} is not compatible with {own}");
            }
        }

        private long ByteCount()
        {
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException($"The tensor is on {device}; copy it to the CPU to reach its bytes.");
            }

            if (!is_contiguous())
            {
                throw new InvalidOperationException("The tensor is not contiguous; its bytes are those of contiguous().");
            }

            var count = NumberOfElements * ElementSize;
            return count <= int.MaxValue ? count : throw new ArgumentException($"A span has at most {int.MaxValue} bytes, the tensor {count}.");
        }
    }
}
