namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor's elements lie: a kind of device and, with several of them, an index (-1: the current one).</summary>
    public class Device
    {
        /// <summary>A device from "cpu", "cuda" or "cuda:1".</summary>
        /// <exception cref="ArgumentException">The kind of device is unknown.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            index = parts.Length > 1 ? int.Parse(parts[1]) : -1;
        }

        /// <summary>A device of the kind "cpu" or "cuda".</summary>
        public Device(string deviceType, int index = -1)
            : this(Enum.Parse<DeviceType>(deviceType, ignoreCase: true), index)
        {
        }

        /// <summary>A device.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The GPU with the given index.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>Which one of its kind; -1 is the current one.</summary>
        public int index { get; } = -1;

        /// <summary>A device from its description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>"cpu", "cuda" or "cuda:1".</summary>
        public override string ToString()
        {
            var kind = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index < 0 ? kind : $"{kind}:{index}";
        }
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current GPU.</summary>
    /// <exception cref="InvalidOperationException">There is none, or libtorch is a build without CUDA.</exception>
    public static Device CUDA => Available(new Device(DeviceType.CUDA));

    /// <summary>A device from "cpu", "cuda" or "cuda:1".</summary>
    /// <exception cref="InvalidOperationException">A GPU is asked for and there is none.</exception>
    public static Device device(string description) => Available(new Device(description));

    /// <inheritdoc cref="device(string)"/>
    public static Device device(string deviceType, int index = -1) => Available(new Device(deviceType, index));

    /// <inheritdoc cref="device(string)"/>
    public static Device device(DeviceType deviceType, int index = -1) => Available(new Device(deviceType, index));

    /// <summary>The GPU with the given index; whether it exists is not asked.</summary>
    public static Device device(int index) => new(index);

    /// <summary>Throws <see cref="InvalidOperationException"/> when no device of the kind can be used.</summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (deviceType == DeviceType.CUDA && !cuda.is_available())
        {
            throw new InvalidOperationException("No CUDA device is available: libtorch is a build without CUDA, or there is no GPU or driver.");
        }
    }

    private static Device Available(Device device)
    {
        InitializeDeviceType(device.type);
        return device;
    }
}
