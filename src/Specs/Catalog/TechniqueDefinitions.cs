namespace Trainyard.Specs.Catalog;

/// <summary>A short way to write a catalog entry.</summary>
internal static class TechniqueDefinitions
{
    public static TechniqueDefinition Technique(
        TechniqueKind kind, string pointer, string name, string title, string? formula, string explanation, string source,
        params IReadOnlyList<ParameterDefinition> parameters) => new()
        {
            Kind = kind,
            Pointer = pointer,
            Name = name,
            Title = title,
            Formula = formula,
            Explanation = explanation,
            Source = source,
            Parameters = parameters,
        };
}
