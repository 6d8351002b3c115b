using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

/// <summary>
/// A technique of the catalog with the value of each of its parameters. In JSON one flat object:
/// <c>{ "name": "momentum", "learningRate": 0.05, "momentum": 0.9 }</c>.
/// </summary>
[JsonConverter(typeof(TechniqueChoiceConverter))]
public sealed class TechniqueChoice : IEquatable<TechniqueChoice>
{
    private readonly SortedDictionary<string, ParameterValue> parameters;

    /// <summary>Creates a choice.</summary>
    /// <param name="name">Name of a catalog entry.</param>
    /// <param name="parameters">All of its parameters.</param>
    public TechniqueChoice(string name, IEnumerable<KeyValuePair<string, ParameterValue>> parameters)
    {
        Name = name;
        this.parameters = new SortedDictionary<string, ParameterValue>(parameters.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>Name of the catalog entry, as in <c>leaky_relu</c>.</summary>
    public string Name { get; }

    /// <summary>The parameters, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters => parameters;

    /// <summary>A number parameter.</summary>
    /// <exception cref="KeyNotFoundException">The technique has no such parameter.</exception>
    public double Number(string parameter) => parameters[parameter].Number;

    /// <summary>An integer parameter.</summary>
    /// <exception cref="KeyNotFoundException">The technique has no such parameter.</exception>
    public int Integer(string parameter) => checked((int)parameters[parameter].Number);

    /// <summary>A boolean parameter.</summary>
    /// <exception cref="KeyNotFoundException">The technique has no such parameter.</exception>
    public bool Flag(string parameter) => parameters[parameter].Flag;

    /// <summary>A choice parameter.</summary>
    /// <exception cref="KeyNotFoundException">The technique has no such parameter.</exception>
    public string Text(string parameter) => parameters[parameter].Text ?? "";

    /// <summary>A parameter that is a list of numbers.</summary>
    /// <exception cref="KeyNotFoundException">The technique has no such parameter.</exception>
    public IReadOnlyList<double> Numbers(string parameter) => parameters[parameter].Numbers;

    /// <inheritdoc/>
    public bool Equals(TechniqueChoice? other) => other is not null && Name == other.Name && parameters.SequenceEqual(other.parameters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TechniqueChoice);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Name, StringComparer.Ordinal);
        foreach (var (key, value) in parameters)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The name with its parameters, as in <c>momentum(learningRate=0.05, momentum=0.9)</c>.</summary>
    public override string ToString() =>
        parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", parameters.Select(p => $"{p.Key}={p.Value}"))})";
}

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
