namespace Trainyard.Specs.Catalog;

/// <summary>Short ways to write a parameter definition.</summary>
internal static class ParameterDefinitions
{
    public static ParameterDefinition Number(
        string name, double? defaultValue, double minimum, double maximum, string explanation, string? unit = null,
        bool above = false, bool below = false, bool nullable = false) => new()
        {
            Name = name,
            Kind = ParameterKind.Number,
            Default = defaultValue is { } value ? value : default(ParameterValue?),
            Minimum = minimum,
            MinimumExclusive = above,
            Maximum = maximum,
            MaximumExclusive = below,
            Nullable = nullable,
            Unit = unit,
            Explanation = explanation,
        };

    public static ParameterDefinition Integer(
        string name, int? defaultValue, int minimum, int maximum, string explanation, string? unit = null, bool nullable = false) =>
        Number(name, defaultValue, minimum, maximum, explanation, unit, nullable: nullable) with { Kind = ParameterKind.Integer };

    public static ParameterDefinition Numbers(
        string name, double[] defaultValue, int maximumItems, double minimum, double maximum, string explanation, string? unit = null) => new()
        {
            Name = name,
            Kind = ParameterKind.Numbers,
            Default = defaultValue,
            Minimum = minimum,
            Maximum = maximum,
            MaximumItems = maximumItems,
            Unit = unit,
            Explanation = explanation,
        };

    public static ParameterDefinition Flag(string name, bool defaultValue, string explanation) =>
        new() { Name = name, Kind = ParameterKind.Boolean, Default = defaultValue, Explanation = explanation };

    public static ParameterDefinition Choice(string name, string? defaultValue, IReadOnlyList<string> choices, string explanation) => new()
    {
        Name = name,
        Kind = ParameterKind.Choice,
        Default = defaultValue is { } value ? value : default(ParameterValue?),
        Choices = choices,
        Explanation = explanation,
    };

    public static ParameterDefinition Text(string name, string defaultValue, int maximumLength, string explanation) => new()
    {
        Name = name,
        Kind = ParameterKind.Text,
        Default = defaultValue,
        Minimum = 1,
        Maximum = maximumLength,
        Explanation = explanation,
    };
}
