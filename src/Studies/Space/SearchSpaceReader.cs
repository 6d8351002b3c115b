using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Studies.Space;

/// <summary>Result of <see cref="SearchSpaceReader"/>.</summary>
public sealed record SearchSpaceReading
{
    /// <summary>The space; null when there are findings.</summary>
    public required SearchSpace? Space { get; init; }

    /// <summary>The errors.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    /// <summary>Whether the document is not JSON.</summary>
    public bool Malformed { get; init; }
}

/// <summary>Reads search spaces, and reports everything that is wrong with them at once.</summary>
public static class SearchSpaceReader
{
    /// <summary>Reads a document <c>{ "parameters": [ ... ] }</c>.</summary>
    public static SearchSpaceReading Read(ReadOnlyMemory<byte> utf8Json)
    {
        var reading = RecordReader.Read(typeof(SearchSpace), utf8Json);
        if (reading.Document is null)
        {
            return new SearchSpaceReading { Space = null, Findings = reading.Findings, Malformed = reading.Malformed };
        }

        var space = JsonSerializer.Deserialize<SearchSpace>(reading.Document, SpecJson.Options)!;
        var findings = Check(space);
        return new SearchSpaceReading { Space = findings.Count == 0 ? space : null, Findings = findings };
    }

    /// <summary>Checks what the types of a space do not: ranges, names and conditions.</summary>
    /// <param name="space">The space, as <see cref="RecordReader"/> read it.</param>
    /// <param name="pointer">JSON pointer of the list of parameters in the document that is reported on.</param>
    public static IReadOnlyList<SpecFinding> Check(SearchSpace space, string pointer = "/parameters")
    {
        List<SpecFinding> findings = [];
        for (var index = 0; index < space.Parameters.Count; index++)
        {
            var parameter = space.Parameters[index];
            var at = $"{pointer}/{index}";
            SearchParameter[] earlier = [.. space.Parameters.Take(index)];
            findings.AddRange(Repeated($"{at}/name", "name", [.. earlier.Select(other => other.Name)], parameter.Name));
            CheckPointers(parameter, earlier, at, findings);
            CheckKind(parameter, at, findings);
            if (parameter.When is { } condition)
            {
                CheckCondition(condition, earlier, $"{at}/when", findings);
            }
        }

        return findings;
    }

    private static void CheckPointers(SearchParameter parameter, SearchParameter[] earlier, string at, List<SpecFinding> findings)
    {
        // The same setting may belong to two parameters that are never part of the same trial; only a repetition within one is certainly wrong.
        for (var index = 0; index < parameter.Pointers.Count; index++)
        {
            var pointer = parameter.Pointers[index];
            var place = $"{at}/pointers/{index}";
            if (JsonPointer.Tokens(pointer) is not { Length: > 0 })
            {
                findings.Add(SpecFinding.Error(place, Quote(pointer), SpecFindingCode.NotAPointer));
            }

            string[] others =
            [
                .. parameter.Pointers.Take(index),
                .. earlier.Where(other => parameter.When is null && other.When is null).SelectMany(other => other.Pointers),
            ];
            findings.AddRange(Repeated(place, "pointer", others, pointer));
        }
    }

    private static IEnumerable<SpecFinding> Repeated(string at, string member, IReadOnlyList<string> others, string value) => others.Contains(value)
        ? [SpecFinding.Error(at, Quote(value), SpecFindingCode.RepeatedValue, ("member", member), ("value", value))]
        : [];

    private static void CheckKind(SearchParameter parameter, string at, List<SpecFinding> findings)
    {
        var isRange = parameter.Kind != SearchParameterKind.Categorical;
        (string Member, bool IsGiven, bool OfRange, bool IsRequired)[] members =
        [
            ("low", parameter.Low is not null, true, true), ("high", parameter.High is not null, true, true), ("log", parameter.Log, true, false),
            ("step", parameter.Step is not null, true, false), ("points", parameter.Points is not null, true, false),
            ("values", parameter.Values is not null, false, true),
        ];
        foreach (var (member, isGiven, ofRange, isRequired) in members)
        {
            if (isGiven && ofRange != isRange)
            {
                findings.Add(SpecFinding.Error($"{at}/{member}", null, SpecFindingCode.UnusedByParameter, ("member", member), ("kind", parameter.Kind)));
            }
            else if (!isGiven && ofRange == isRange && isRequired)
            {
                findings.Add(SpecFinding.Error($"{at}/{member}", null, SpecFindingCode.MissingMember, ("member", member)));
            }
        }

        if (isRange)
        {
            CheckRange(parameter, at, findings);
        }
        else if (parameter.Values is { } values)
        {
            string[] texts = [.. values.Select(CanonicalJson.Text)];
            HashSet<string> seen = new(StringComparer.Ordinal);
            findings.AddRange(texts.Index().Where(value => !seen.Add(value.Item)).Select(value => SpecFinding.Error(
                $"{at}/values/{value.Index}", value.Item, SpecFindingCode.RepeatedValue, ("member", "value"), ("value", values[value.Index]))));
        }
    }

    private static void CheckRange(SearchParameter parameter, string at, List<SpecFinding> findings)
    {
        if (parameter.Kind == SearchParameterKind.Int)
        {
            foreach (var (member, number) in new[] { ("low", parameter.Low), ("high", parameter.High), ("step", parameter.Step) })
            {
                if (number is { } value && !double.IsInteger(value))
                {
                    findings.Add(SpecFinding.Error(
                        $"{at}/{member}", MessageArgumentReader.Show(value), SpecFindingCode.NotAnInteger,
                        ("member", member), ("allowed", Integer(member)), ("suggested", Math.Max(member == "step" ? 1 : -1e15, Math.Round(value)))));
                }
            }
        }

        if (parameter.Log && parameter.Step is { } step)
        {
            findings.Add(SpecFinding.Error($"{at}/step", MessageArgumentReader.Show(step), SpecFindingCode.LogWithStep));
        }

        if (parameter is { Low: { } low, High: { } high })
        {
            if (low >= high)
            {
                findings.Add(SpecFinding.Error($"{at}/high", MessageArgumentReader.Show(high), SpecFindingCode.EmptyRange, ("low", low), ("high", high)));
            }

            if (parameter.Log && low <= 0)
            {
                findings.Add(SpecFinding.Error($"{at}/low", MessageArgumentReader.Show(low), SpecFindingCode.LogOfNonPositive, ("low", low)));
            }
        }
    }

    private static void CheckCondition(ParameterCondition condition, SearchParameter[] earlier, string at, List<SpecFinding> findings)
    {
        if (Array.Find(earlier, other => other.Name == condition.Parameter) is not { } other)
        {
            string[] names = [.. earlier.Select(parameter => parameter.Name)];
            findings.Add(SpecFinding.Error(
                $"{at}/parameter", Quote(condition.Parameter), SpecFindingCode.UnknownParameter,
                ("name", condition.Parameter), ("known", names), ("suggested", Spelling.Nearest(condition.Parameter, names))));
            return;
        }

        var known = other.Values?.Select(CanonicalJson.Text).ToHashSet(StringComparer.Ordinal);
        findings.AddRange(condition.In.Index().Where(value => !CanHave(other, known, value.Item)).Select(value => SpecFinding.Error(
            $"{at}/in/{value.Index}", CanonicalJson.Text(value.Item), SpecFindingCode.ConditionNeverMet, ("name", other.Name))));
    }

    private static bool CanHave(SearchParameter parameter, HashSet<string>? known, JsonElement value) => parameter.Kind == SearchParameterKind.Categorical
        ? known?.Contains(CanonicalJson.Text(value)) != false
        : value.ValueKind == JsonValueKind.Number && !(value.GetDouble() < parameter.Low) && !(value.GetDouble() > parameter.High);

    private static ParameterDefinition Integer(string member) =>
        new() { Name = member, Kind = ParameterKind.Integer, Minimum = member == "step" ? 1 : -1e15, Maximum = 1e15, Explanation = "" };

    private static string Quote(string text) => JsonSerializer.Serialize(text, SpecJson.Options);
}
