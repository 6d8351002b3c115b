using System.Globalization;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

/// <summary>The value of a parameter: a number, a truth value or a word.</summary>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly record struct ParameterValue
{
    private ParameterValue(ParameterKind kind, double number, string? text)
    {
        Kind = kind;
        Number = number;
        Text = text;
    }

    /// <summary><see cref="ParameterKind.Number"/>, <see cref="ParameterKind.Boolean"/> or <see cref="ParameterKind.Text"/>.</summary>
    public ParameterKind Kind { get; }

    /// <summary>The number; 1 or 0 for a truth value; 0 for a word.</summary>
    public double Number { get; }

    /// <summary>The word; null for a number or a truth value.</summary>
    public string? Text { get; }

    /// <summary>The truth value.</summary>
    public bool Flag => Number != 0;

    /// <summary>A number.</summary>
    public static implicit operator ParameterValue(double number) => new(ParameterKind.Number, number, null);

    /// <summary>A truth value.</summary>
    public static implicit operator ParameterValue(bool flag) => new(ParameterKind.Boolean, flag ? 1 : 0, null);

    /// <summary>A word.</summary>
    public static implicit operator ParameterValue(string text) => new(ParameterKind.Text, 0, text);

    /// <summary>The value as in JSON, without quotes.</summary>
    public override string ToString() => Kind switch
    {
        ParameterKind.Boolean => Flag ? "true" : "false",
        ParameterKind.Text => Text ?? "",
        _ => Number.ToString("R", CultureInfo.InvariantCulture),
    };
}
