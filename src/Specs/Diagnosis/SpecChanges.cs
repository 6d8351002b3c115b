using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Specs.Diagnosis;

/// <summary>Applies changes to the JSON of a spec. What comes out is to be read by <see cref="Validation.SpecReader"/>, which judges it.</summary>
public static class SpecChanges
{
    /// <summary>The changed document.</summary>
    /// <param name="spec">A spec; stays as it is.</param>
    /// <param name="changes">Changes, applied in order.</param>
    /// <exception cref="ArgumentException">A pointer leads nowhere.</exception>
    public static JsonObject Apply(ExperimentSpec spec, IEnumerable<SpecChange> changes)
    {
        var document = JsonSerializer.SerializeToNode(spec, SpecJson.Options)!.AsObject();
        foreach (var change in changes)
        {
            Apply(document, change);
        }

        return document;
    }

    private static void Apply(JsonObject document, SpecChange change)
    {
        string[] tokens = change.Path.StartsWith('/') ? [.. change.Path[1..].Split('/').Select(Unescape)] : throw Nowhere(change);
        var parent = tokens[..^1].Aggregate((JsonNode?)document, (node, token) => Child(node, token, change));
        var value = change.Value is { ValueKind: not JsonValueKind.Null } given ? JsonNode.Parse(given.GetRawText()) : null;
        switch (parent)
        {
            case JsonObject members when value is null:
                members.Remove(tokens[^1]);
                break;
            case JsonObject members:
                members[tokens[^1]] = value;
                break;
            case JsonArray items when int.TryParse(tokens[^1], out var index) && index >= 0 && index < items.Count && value is not null:
                items[index] = value;
                break;
            default:
                throw Nowhere(change);
        }
    }

    private static JsonNode? Child(JsonNode? node, string token, SpecChange change) => node switch
    {
        JsonObject members when members.TryGetPropertyValue(token, out var child) => child,
        JsonArray items when int.TryParse(token, out var index) && index >= 0 && index < items.Count => items[index],
        _ => throw Nowhere(change),
    };

    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static ArgumentException Nowhere(SpecChange change) => new($"'{change.Path}' leads to no place in the spec.", nameof(change));
}
