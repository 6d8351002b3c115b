using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

/// <summary>A parameter value as a plain JSON number, boolean or string.</summary>
internal sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => reader.GetString()!,
        _ => throw new JsonException($"A parameter value is a number, a boolean or a string, not {reader.TokenType}."),
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
            default:
                // Whole numbers without exponent or fraction: 60000, not 6E4.
                if (double.IsInteger(value.Number) && Math.Abs(value.Number) < 1e15)
                {
                    writer.WriteNumberValue((long)value.Number);
                }
                else
                {
                    writer.WriteNumberValue(value.Number);
                }

                break;
        }
    }
}
