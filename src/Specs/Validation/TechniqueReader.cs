using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

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
            findings.Error(pointer, ObjectReader.Found(value), SpecFindingCode.NotATechnique, Choices(kind, TechniqueCatalog.Of(kind)[0].Name));
            return TechniqueCatalog.Default(kind, TechniqueCatalog.Of(kind)[0].Name);
        }

        return ReadObject(findings, pointer, kind, value);
    }

    /// <summary>What a finding about a choice of a technique tells: the kind, its names, and the one to write.</summary>
    public static (string Name, object? Value)[] Choices(TechniqueKind kind, string suggested) =>
        [("kind", kind), ("names", TechniqueCatalog.Of(kind).Select(technique => technique.Name)), ("suggested", suggested)];

    private static TechniqueChoice ReadObject(FindingList findings, string pointer, TechniqueKind kind, JsonElement value)
    {
        if (!value.TryGetProperty("name", out var name))
        {
            findings.Error($"{pointer}/name", null, SpecFindingCode.MissingTechniqueName, Choices(kind, TechniqueCatalog.Of(kind)[0].Name));
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

        if (TechniqueAliases.Find(kind, name) is { } other)
        {
            findings.Error(
                pointer, ObjectReader.Found(value), SpecFindingCode.UnknownTechnique,
                [.. Choices(kind, other.Name), ("parameters", other.Parameters), ("beside", other.Beside)]);
            return null;
        }

        var near = Spelling.Nearest(name, TechniqueCatalog.Of(kind).Select(known => known.Name)) ?? TechniqueCatalog.Of(kind)[0].Name;
        findings.Error(
            pointer, ObjectReader.Found(value), SpecFindingCode.UnknownTechnique, [.. Choices(kind, near), ("parameters", null), ("beside", null)]);
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

        findings.Error(
            $"{pointer}/{definition.Name}", null, SpecFindingCode.MissingParameter, ("member", definition.Name), ("allowed", AllowedValue.Of(definition)));
        return 0;
    }
}
