using System.Text.Json;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Validation;

/// <summary>Reads a technique: its name alone, or a flat object with its name and parameters.</summary>
internal static class TechniqueReader
{
    public static TechniqueChoice Read(FindingList findings, string pointer, TechniqueKind kind, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var named = Find(findings, pointer, kind, value);
            return Fill(named, definition => MissingValue(findings, pointer, definition));
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            findings.Error(pointer, ObjectReader.Found(value), Names(kind), $"{pointer} is neither a name nor an object with a name.", $"Write \"{TechniqueCatalog.Of(kind)[0].Name}\".");
            return TechniqueCatalog.Default(kind, TechniqueCatalog.Of(kind)[0].Name);
        }

        return ReadObject(findings, pointer, kind, value);
    }

    /// <summary>The names of a kind, quoted.</summary>
    public static string Names(TechniqueKind kind) => string.Join(" | ", TechniqueCatalog.Of(kind).Select(technique => $"\"{technique.Name}\""));

    private static TechniqueChoice ReadObject(FindingList findings, string pointer, TechniqueKind kind, JsonElement value)
    {
        if (!value.TryGetProperty("name", out var name))
        {
            findings.Error($"{pointer}/name", null, Names(kind), "'name' is missing.", $"Add \"name\": \"{TechniqueCatalog.Of(kind)[0].Name}\".");
            return TechniqueCatalog.Default(kind, TechniqueCatalog.Of(kind)[0].Name);
        }

        var reader = new ObjectReader(findings, pointer, value);
        reader.IsText("name", "");
        if (Find(findings, $"{pointer}/name", kind, name) is not { } technique)
        {
            return TechniqueCatalog.Default(kind, TechniqueCatalog.Of(kind)[0].Name);
        }

        var choice = Fill(technique, definition => reader.Value(definition));
        reader.Done();
        return choice;
    }

    private static TechniqueDefinition? Find(FindingList findings, string pointer, TechniqueKind kind, JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (TechniqueCatalog.Find(kind, name) is { } technique)
        {
            return technique;
        }

        var near = Spelling.Nearest(name, TechniqueCatalog.Of(kind).Select(other => other.Name)) ?? TechniqueCatalog.Of(kind)[0].Name;
        findings.Error(pointer, ObjectReader.Found(value), Names(kind), $"There is no {Title(kind)} of that name.", $"Write \"{near}\".");
        return null;
    }

    private static TechniqueChoice Fill(TechniqueDefinition? technique, Func<ParameterDefinition, ParameterValue> value) => technique is null
        ? new TechniqueChoice("", [])
        : new TechniqueChoice(technique.Name, technique.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, value(parameter))));

    private static ParameterValue MissingValue(FindingList findings, string pointer, ParameterDefinition definition)
    {
        if (definition.Default is { } value)
        {
            return value;
        }

        findings.Error($"{pointer}/{definition.Name}", null, ParameterReader.Allowed(definition), $"'{definition.Name}' is missing.", "Write an object with the name and this parameter.");
        return 0;
    }

    private static string Title(TechniqueKind kind) => kind == TechniqueKind.WeightDecay ? "weight decay" : kind.ToString().ToLowerInvariant();
}
