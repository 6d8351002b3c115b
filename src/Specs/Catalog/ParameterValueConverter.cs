using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

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
