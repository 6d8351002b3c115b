using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What a <see cref="NativeValue"/> holds. Mirrors <c>Kind</c> in native/value.h.</summary>
internal enum ValueKind
{
    None = 0,
    SchemaDefault = 1,
    Tensor = 2,
    Integer = 3,
    Real = 4,
    Boolean = 5,
    Integers = 6,
    Reals = 7,
    Tensors = 8,
    OptionalTensors = 9,
    Text = 10,
    Device = 11,
    Generator = 12,
}

/// <summary>An operator's argument or result as it crosses to C. Mirrors <c>Value</c> in native/value.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    /// <summary>What <see cref="Payload"/> means.</summary>
    public ValueKind Kind;

    /// <summary>Length of a list or text; index of a device.</summary>
    public int Count;

    /// <summary>An integer, the bits of a double, or an address.</summary>
    public long Payload;
}
