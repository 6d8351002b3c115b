using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

/// <summary>The value of a parameter: a number, boolean, string or list of numbers.</summary>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly struct ParameterValue : IEquatable<ParameterValue>
{
    private readonly double[]? list;

    private ParameterValue(ParameterKind kind, double number, string? text, double[]? list)
    {
        Kind = kind;
        Number = number;
        Text = text;
        this.list = list;
    }

    /// <summary>
    /// <see cref="ParameterKind.Number"/>, <see cref="ParameterKind.Boolean"/>, <see cref="ParameterKind.Text"/> or <see cref="ParameterKind.Numbers"/>.
    /// </summary>
    public ParameterKind Kind { get; }

    /// <summary>The number; 1 or 0 for a boolean; 0 for a string or list.</summary>
    public double Number { get; }

    /// <summary>The string; null for anything else.</summary>
    public string? Text { get; }

    /// <summary>The boolean.</summary>
    public bool Flag => Number != 0;

    /// <summary>The list; empty for anything else.</summary>
    public IReadOnlyList<double> Numbers => list ?? [];

    /// <summary>A number.</summary>
    public static implicit operator ParameterValue(double number) => new(ParameterKind.Number, number, null, null);

    /// <summary>A boolean.</summary>
    public static implicit operator ParameterValue(bool flag) => new(ParameterKind.Boolean, flag ? 1 : 0, null, null);

    /// <summary>A string.</summary>
    public static implicit operator ParameterValue(string text) => new(ParameterKind.Text, 0, text, null);

    /// <summary>A list of numbers.</summary>
    public static implicit operator ParameterValue(double[] list) => new(ParameterKind.Numbers, 0, null, list);

    /// <summary>Whether two values are equal.</summary>
    public static bool operator ==(ParameterValue left, ParameterValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(ParameterValue left, ParameterValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ParameterValue other) =>
        Kind == other.Kind && Number.Equals(other.Number) && Text == other.Text && list.AsSpan().SequenceEqual(other.list);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ParameterValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Number, Text, Numbers.Count);

    /// <summary>The value as in JSON, without quotes.</summary>
    public override string ToString() => Kind switch
    {
        ParameterKind.Boolean => Flag ? "true" : "false",
        ParameterKind.Text => Text ?? "",
        ParameterKind.Numbers => $"[{string.Join(", ", Numbers.Select(Show))}]",
        _ => Show(Number),
    };

    private static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A parameter value as a plain JSON number, boolean, string or array of numbers.</summary>
internal sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.StartArray => JsonSerializer.Deserialize<double[]>(ref reader, options)!,
        _ => throw new JsonException($"A parameter value is a number, a boolean, a string or an array of numbers, not {reader.TokenType}."),
    };

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case ParameterKind.Boolean:
                writer.WriteBooleanValue(value.Flag);
                break;
            case ParameterKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case ParameterKind.Numbers:
                writer.WriteStartArray();
                foreach (var number in value.Numbers)
                {
                    WriteNumber(writer, number);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteNumber(writer, value.Number);
                break;
        }
    }

    // Whole numbers without exponent or fraction: 60000, not 6E4.
    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsInteger(number) && Math.Abs(number) < 1e15)
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}
