using Trainyard.Specs.Json;

namespace Trainyard.Specs.Catalog;

/// <summary>Definition of a parameter: type, range, default and meaning.</summary>
public sealed record ParameterDefinition
{
    /// <summary>Name in the spec, camelCase.</summary>
    public required string Name { get; init; }

    /// <summary>JSON type.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>Default value; null when the parameter is required or nullable.</summary>
    public ParameterValue? Default { get; init; }

    /// <summary>Minimum; of text the minimum length in code points.</summary>
    public double? Minimum { get; init; }

    /// <summary>Whether <c>minimum</c> itself is excluded.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>Maximum; of text the maximum length in code points.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether <c>maximum</c> itself is excluded.</summary>
    public bool MaximumExclusive { get; init; }

    /// <summary>Whether null is allowed.</summary>
    public bool Nullable { get; init; }

    /// <summary>Maximum number of items of a list.</summary>
    public int? MaximumItems { get; init; }

    /// <summary>The choices.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Unit, as in <c>seconds</c>; null for a plain number.</summary>
    public string? Unit { get; init; }

    /// <summary>Its meaning, in one or two sentences.</summary>
    public required string Explanation { get; init; }

    /// <summary>The allowed values in words, as in <c>an integer between 1 and 10,000</c>.</summary>
    public string DescribeAllowed()
    {
        var words = Kind switch
        {
            ParameterKind.Boolean => "true or false",
            ParameterKind.Choice => string.Join(" | ", (Choices ?? []).Select(choice => $"\"{choice}\"")),
            ParameterKind.Numbers => $"an array of 1 to {MaximumItems} numbers {DescribeRange()}",
            ParameterKind.Text => $"a string of {Minimum} to {Maximum} characters on one line",
            ParameterKind.Time => "a date and time with offset, as in \"2030-12-31T23:59:59Z\"",
            ParameterKind.MultilineText => $"a string of up to {Show(Maximum)} characters",
            _ when Minimum == Maximum => $"{Minimum}",
            ParameterKind.Integer => $"an integer {DescribeRange()}",
            _ => $"a number {DescribeRange()}",
        };
        return Nullable ? $"{words}, or null" : words;
    }

    /// <summary>The range in words, as in <c>between 1 and 10,000</c>.</summary>
    public string DescribeRange() => (MinimumExclusive, MaximumExclusive) switch
    {
        (false, false) => $"between {Show(Minimum)} and {Show(Maximum)}",
        (true, false) => $"greater than {Show(Minimum)} and at most {Show(Maximum)}",
        (false, true) => $"at least {Show(Minimum)} and less than {Show(Maximum)}",
        _ => $"greater than {Show(Minimum)} and less than {Show(Maximum)}",
    };

    private static string Show(double? number) => MessageArgumentReader.ShowGrouped(number ?? 0);
}

/// <summary>JSON type of a parameter.</summary>
public enum ParameterKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a list of strings.</summary>
    Choice,

    /// <summary>An array of numbers.</summary>
    Numbers,

    /// <summary>A string on one line.</summary>
    Text,

    /// <summary>A string that may have several lines.</summary>
    MultilineText,

    /// <summary>A string with a date, a time and its offset from UTC (RFC 3339).</summary>
    Time,
}

/// <summary>Creates parameter definitions.</summary>
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
