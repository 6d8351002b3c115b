using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

/// <summary>A technique choice as one flat object; reading trusts its input (canonical JSON).</summary>
internal sealed class TechniqueChoiceConverter : JsonConverter<TechniqueChoice>
{
    public override TechniqueChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, ParameterValue>>(ref reader, options)
            ?? throw new JsonException("A technique is an object with a name.");
        return values.Remove("name", out var name) && name.Text is { } text
            ? new TechniqueChoice(text, values)
            : throw new JsonException("A technique has a name.");
    }

    public override void Write(Utf8JsonWriter writer, TechniqueChoice value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        foreach (var (key, parameter) in value.Parameters)
        {
            writer.WritePropertyName(key);
            JsonSerializer.Serialize(writer, parameter, options);
        }

        writer.WriteEndObject();
    }
}
