using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements in another type; this array, when it has that type already and no copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, Aten.ToDtype.Call(this, (long)type, non_blocking, copy));

        /// <inheritdoc cref="to_type"/>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>The elements in another type on another device; this array, when nothing changes and no copy is asked for.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDeviceType(device.type);
            return After(disposeAfter, Aten.ToDevice.Call(this, device, (long)type, non_blocking, copy));
        }

        /// <summary>The elements on another device; this array, when they are there already and no copy is asked for.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(Device, bool, bool, bool)"/>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(Device, bool, bool, bool)"/>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>The elements in another tensor's type and on its device.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>The elements in another type.</summary>
        public Tensor type(ScalarType dtype) => to(dtype);

        /// <summary>The elements in another tensor's type.</summary>
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        /// <summary>The elements in main memory; this array, when they are there already.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>The elements on a GPU, the current one by default.</summary>
        /// <exception cref="ArgumentException"><paramref name="device"/> is not a GPU.</exception>
        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA)
            {
                throw new ArgumentException($"{device} is not a CUDA device.", nameof(device));
            }

            return to(device ?? new Device(DeviceType.CUDA), non_blocking: non_blocking);
        }

        /// <summary>A copy in page-locked memory, from which copies to a GPU need not wait.</summary>
        public Tensor pin_memory() => Aten.PinMemory.Call(this);

        /// <summary>The elements as float32.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>The elements as float64.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>The elements as float16.</summary>
        public Tensor half() => to(ScalarType.Float16);

        /// <summary>The elements as bfloat16.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        /// <summary>The elements as int64.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>The elements as int32.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>The elements as uint8.</summary>
        public Tensor @byte() => to(ScalarType.Byte);

        /// <summary>True where an element is not zero.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        private Tensor After(bool dispose, Tensor result)
        {
            if (dispose)
            {
                Dispose();
            }

            return result;
        }
    }
}
