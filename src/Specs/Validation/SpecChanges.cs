using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Applies changes to a canonical spec and validates the result.</summary>
public static class SpecChanges
{
    /// <summary>Applies the changes in order, then reads the spec.</summary>
    /// <returns>The changed spec, or its findings; a change of an unknown path is one.</returns>
    /// <param name="spec">The spec to change; it stays as it is.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="limits">Limits and defaults of the host, as of <see cref="SpecReader"/>.</param>
    public static SpecReading Apply(ExperimentSpec spec, IEnumerable<SpecChange> changes, SpecLimits? limits = null)
    {
        var document = JsonSerializer.SerializeToNode(spec, SpecJson.Options)!;
        SpecFinding[] unknown = [.. changes.Where(change => !TryApply(document, change)).Select(change => SpecFinding.Error(change.Path, null, SpecFindingCode.UnknownPath))];
        return unknown.Length == 0
            ? SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(document, SpecJson.Options), limits)
            : new SpecReading { Spec = null, Plan = null, Findings = unknown };
    }

    private static bool TryApply(JsonNode document, SpecChange change)
    {
        if (JsonPointer.Tokens(change.Path) is not [.. var path, var name])
        {
            return false;
        }

        var parent = path.Aggregate((JsonNode?)document, JsonPointer.Child);

        // null removes the member, which then has its default.
        var value = change.Value is { ValueKind: not JsonValueKind.Null } given ? JsonNode.Parse(given.GetRawText()) : null;
        switch (parent)
        {
            case JsonObject members when value is null:
                members.Remove(name);
                return true;
            case JsonObject members:
                members[name] = value;
                return true;
            case JsonArray items when JsonPointer.IndexIn(items, name) is { } index && value is null:
                items.RemoveAt(index);
                return true;
            case JsonArray items when JsonPointer.IndexIn(items, name) is { } index:
                items[index] = value;
                return true;
            case JsonArray items when value is not null && (name == "-" || name == items.Count.ToString(CultureInfo.InvariantCulture)):
                items.Add(value);
                return true;
            default:
                return false;
        }
    }
}
