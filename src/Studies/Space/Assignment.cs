using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Specs.Json;

namespace Trainyard.Studies.Space;

/// <summary>
/// The values of a trial: one for each parameter that is part of it, in the order of the search space. As JSON an object; two assignments are equal when their
/// canonical JSON is.
/// </summary>
[JsonConverter(typeof(AssignmentConverter))]
public sealed class Assignment : IEquatable<Assignment>
{
    private readonly List<KeyValuePair<string, JsonElement>> values;
    private string? json;

    /// <summary>Creates an assignment; the values are brought into canonical form.</summary>
    public Assignment(IEnumerable<KeyValuePair<string, JsonElement>> values) =>
        this.values = [.. values.Select(value => KeyValuePair.Create(value.Key, CanonicalJson.From(value.Value)))];

    /// <summary>Names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Values => values;

    /// <summary>The value of a parameter; null when the parameter is not part of the trial.</summary>
    public JsonElement? this[string name]
    {
        get
        {
            foreach (var (key, value) in values)
            {
                if (key == name)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>Reads an assignment from its JSON.</summary>
    public static Assignment FromJson(string json) =>
        JsonSerializer.Deserialize<Assignment>(json, SpecJson.Options) ?? throw new JsonException("An assignment is a JSON object, not null.");

    /// <summary>Canonical JSON: no white space, whole numbers without fraction, members of objects in alphabetic order.</summary>
    public string ToJson() => json ??= JsonSerializer.Serialize(this, SpecJson.Options);

    /// <inheritdoc/>
    public bool Equals(Assignment? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Assignment);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToJson());

    /// <inheritdoc/>
    public override string ToString() => ToJson();
}

internal sealed class AssignmentConverter : JsonConverter<Assignment>
{
    public override Assignment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } element
            ? new Assignment(element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.Clone())))
            : throw new JsonException("An assignment is a JSON object.");

    public override void Write(Utf8JsonWriter writer, Assignment value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, element) in value.Values)
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
