using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Studies.Space;

/// <summary>One spelling for each JSON value, so that values can be compared as text.</summary>
internal static class CanonicalJson
{
    public static JsonElement From(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Number(value.GetDouble()),
        JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.SerializeToElement(ToNode(value)),
        _ => value.Clone(),
    };

    /// <summary>A finite number. Whole numbers have no exponent and no fraction: 60000, not 6E4.</summary>
    public static JsonElement Number(double number) => double.IsInteger(number) && Math.Abs(number) < 1e15
        ? JsonSerializer.SerializeToElement((long)number)
        : JsonSerializer.SerializeToElement(number);

    public static string Text(JsonElement value) => From(value).GetRawText();

    private static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(
            value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Name, ToNode(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(ToNode)]),
        JsonValueKind.Number => JsonValue.Create(Number(value.GetDouble())),
        _ => JsonNode.Parse(value.GetRawText()),
    };
}
