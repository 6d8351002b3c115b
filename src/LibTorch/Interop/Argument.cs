using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// One positional argument of an <see cref="Operator"/>. Implicit conversions say how a C# value reads in an operator's schema;
/// a null tensor, number or list is the schema's <c>None</c>.
/// </summary>
internal readonly struct Argument
{
    internal readonly ValueKind Kind;
    internal readonly object? Reference;
    internal readonly long Payload;

    private Argument(ValueKind kind, object? reference, long payload)
    {
        Kind = kind;
        Reference = reference;
        Payload = payload;
    }

    /// <summary>The schema's <c>None</c>.</summary>
    internal static Argument None => default;

    /// <summary>The default that the operator's schema gives.</summary>
    internal static Argument Default => new(ValueKind.SchemaDefault, reference: null, 0);

    /// <summary>A list in which absent tensors are null, as advanced indexing takes it.</summary>
    internal static Argument Optional(Tensor?[] tensors) => new(ValueKind.OptionalTensors, tensors, 0);

    /// <summary>The number of 8-byte words that the argument needs beside its <see cref="NativeValue"/>.</summary>
    internal int ExtraWords => Kind switch
    {
        ValueKind.Integers => ((long[])Reference!).Length,
        ValueKind.Reals => ((double[])Reference!).Length,
        ValueKind.Tensors or ValueKind.OptionalTensors => ((Tensor?[])Reference!).Length,
        ValueKind.Text => (((string)Reference!).Length + 7) / 8,
        _ => 0,
    };

    public static implicit operator Argument(Tensor? value) => value is null ? None : new(ValueKind.Tensor, value, 0);

    public static implicit operator Argument(Tensor[] value) => new(ValueKind.Tensors, value, 0);

    public static implicit operator Argument(Scalar? value) => value is null ? None : new(value.Kind, reference: null, value.Payload);

    public static implicit operator Argument(long value) => new(ValueKind.Integer, reference: null, value);

    public static implicit operator Argument(long? value) => value is { } number ? number : None;

    public static implicit operator Argument(double value) => new(ValueKind.Real, reference: null, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } number ? number : None;

    public static implicit operator Argument(bool value) => new(ValueKind.Boolean, reference: null, value ? 1 : 0);

    public static implicit operator Argument(long[]? value) => value is null ? None : new(ValueKind.Integers, value, 0);

    public static implicit operator Argument(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Argument(double[]? value) => value is null ? None : new(ValueKind.Reals, value, 0);

    /// <summary>An ASCII keyword of a schema, such as "constant".</summary>
    public static implicit operator Argument(string? value) => value is null ? None : new(ValueKind.Text, value, 0);

    public static implicit operator Argument(ScalarType? value) => value is { } type ? (long)type : None;

    public static implicit operator Argument(Device? value) => value is null ? None : new(ValueKind.Device, value, 0);

    public static implicit operator Argument(Generator? value) => value is null ? None : new(ValueKind.Generator, value, 0);
}
