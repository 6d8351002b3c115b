using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Conversions between C#'s numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as an operator's argument.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this long value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this float value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this double value) => value;

    /// <inheritdoc cref="ToScalar(int)"/>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The value rounded to float32.</summary>
    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    /// <summary>The value as float64.</summary>
    public static double ToDouble(this Scalar value) =>
        value.Kind == ValueKind.Real ? BitConverter.Int64BitsToDouble(value.Payload) : value.Payload;

    /// <summary>The value as an integer, truncated towards zero; throws <see cref="OverflowException"/> out of range.</summary>
    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64());

    /// <inheritdoc cref="ToInt32"/>
    public static long ToInt64(this Scalar value) =>
        value.Kind == ValueKind.Real ? checked((long)value.ToDouble()) : value.Payload;

    /// <summary>True unless the value is zero.</summary>
    public static bool ToBoolean(this Scalar value) => value.ToDouble() != 0;
}
