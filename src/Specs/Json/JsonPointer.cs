using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Specs.Json;

/// <summary>JSON pointers (RFC 6901).</summary>
public static class JsonPointer
{
    /// <summary>The names of a pointer, unescaped; none of the pointer to the whole document; null when the text is no pointer.</summary>
    public static string[]? Tokens(string pointer) =>
        pointer.Length == 0 ? []
        : pointer.StartsWith('/')
            ? [.. pointer[1..].Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
        : null;

    /// <summary>The member or item of a value; null when there is none, or when it is null.</summary>
    public static JsonNode? Child(JsonNode? node, string token) => node switch
    {
        JsonObject members => members[token],
        JsonArray items when IndexIn(items, token) is { } index => items[index],
        _ => null,
    };

    /// <summary>The index of an item that the array has; null for another token.</summary>
    public static int? IndexIn(JsonArray items, string token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count ? index : null;
}
