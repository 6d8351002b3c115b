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
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return TechniqueCatalog.Default(kind, Find(findings, pointer, kind, value)?.Name ?? First(kind));
            case JsonValueKind.Object:
                return ObjectReader.Read(findings, pointer, value, reader => ReadObject(findings, pointer, kind, reader));
            default:
                findings.Error(pointer, ObjectReader.Found(value), SpecFindingCode.NotATechnique, Choices(kind, First(kind)));
                return TechniqueCatalog.Default(kind, First(kind));
        }
    }

    /// <summary>The arguments of every finding about the choice of a technique.</summary>
    public static (string Name, object? Value)[] Choices(TechniqueKind kind, string suggested) =>
        [("kind", kind), ("names", TechniqueCatalog.OfKind(kind).Select(technique => technique.Name)), ("suggested", suggested)];

    private static TechniqueChoice ReadObject(FindingList findings, string pointer, TechniqueKind kind, ObjectReader reader)
    {
        TechniqueDefinition? technique = null;
        if (reader.Member("name") is { } name)
        {
            technique = Find(findings, $"{pointer}/name", kind, name);
        }
        else
        {
            findings.Error($"{pointer}/name", null, SpecFindingCode.MissingTechniqueName, Choices(kind, First(kind)));
        }

        if (technique is null)
        {
            reader.IgnoreUnknown();
            return TechniqueCatalog.Default(kind, First(kind));
        }

        return new TechniqueChoice(technique.Name, technique.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, reader.Value(parameter))));
    }

    private static TechniqueDefinition? Find(FindingList findings, string pointer, TechniqueKind kind, JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (TechniqueCatalog.Find(kind, name) is { } technique)
        {
            return technique;
        }

        var alias = TechniqueAliases.Find(kind, name)
            ?? new TechniqueAlias(Spelling.Nearest(name, TechniqueCatalog.OfKind(kind).Select(known => known.Name)) ?? First(kind));
        findings.Error(
            pointer, ObjectReader.Found(value), SpecFindingCode.UnknownTechnique,
            [.. Choices(kind, alias.Name), ("parameters", alias.Parameters), ("beside", alias.Beside)]);
        return null;
    }

    private static string First(TechniqueKind kind) => TechniqueCatalog.OfKind(kind)[0].Name;
}
