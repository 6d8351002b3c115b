using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number argument of an operator: an integer, a real or a truth value, converted from C#'s implicitly.</summary>
public sealed class Scalar
{
    internal Scalar(ValueKind kind, long payload)
    {
        Kind = kind;
        Payload = payload;
    }

    /// <summary>Int64, Float64 or Bool.</summary>
    public torch.ScalarType Type => Kind switch
    {
        ValueKind.Integer => torch.ScalarType.Int64,
        ValueKind.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    internal ValueKind Kind { get; }

    internal long Payload { get; }

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => new(ValueKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(sbyte value) => new(ValueKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(short value) => new(ValueKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new(ValueKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(ValueKind.Integer, value);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(Half value) => (double)value;

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(float value) => (double)value;

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(ValueKind.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(ValueKind.Boolean, value ? 1 : 0);
}
