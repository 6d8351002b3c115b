using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs;
using Trainyard.Specs.Diagnosis;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Lifecycle;

/// <summary>Applies changes to a canonical spec and judges what comes out.</summary>
internal static class SpecChanges
{
    /// <summary>Makes the changes in their order, then reads the spec like one that a person wrote.</summary>
    /// <returns>The changed spec, or everything that is wrong with it; a change of a place that is not there is such a finding.</returns>
    public static SpecReading Apply(ExperimentSpec spec, IEnumerable<SpecChange> changes)
    {
        var document = JsonSerializer.SerializeToNode(spec, SpecJson.Options)!;
        List<SpecFinding> findings = [];
        foreach (var change in changes)
        {
            if (!TryApply(document, change))
            {
                findings.Add(NoSuchPlace(change));
            }
        }

        return findings.Count == 0
            ? SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(document, SpecJson.Options))
            : new SpecReading { Spec = null, Plan = null, Findings = findings };
    }

    private static bool TryApply(JsonNode document, SpecChange change)
    {
        if (!change.Path.StartsWith('/'))
        {
            return false;
        }

        var steps = change.Path[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        JsonNode? place = document;
        foreach (var step in steps.SkipLast(1))
        {
            place = place switch
            {
                JsonObject parent => parent[step],
                JsonArray parent when TryIndex(parent, step, out var index) => parent[index],
                _ => null,
            };
        }

        // "null" is the absence of a value: the member goes, and its default comes back.
        var value = change.Value is { ValueKind: not JsonValueKind.Null } given ? JsonNode.Parse(given.GetRawText()) : null;
        switch (place)
        {
            case JsonObject parent when value is null:
                parent.Remove(steps[^1]);
                return true;
            case JsonObject parent:
                parent[steps[^1]] = value;
                return true;
            case JsonArray parent when TryIndex(parent, steps[^1], out var index):
                parent.RemoveAt(index);
                if (value is not null)
                {
                    parent.Insert(index, value);
                }

                return true;
            case JsonArray parent when value is not null && (steps[^1] == "-" || steps[^1] == parent.Count.ToString(CultureInfo.InvariantCulture)):
                parent.Add(value);
                return true;
            default:
                return false;
        }
    }

    private static bool TryIndex(JsonArray array, string step, out int index) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < array.Count;

    private static SpecFinding NoSuchPlace(SpecChange change) => new()
    {
        Severity = FindingSeverity.Error,
        Pointer = change.Path,
        Message = "The spec has no such place.",
        Found = null,
        Allowed = "a JSON pointer to a member of the canonical spec; - after an array adds to it",
        Fix = "Look at the run's spec and name a place in it.",
    };
}
