namespace Trainyard.Service.Filters;

/// <summary>A filter expression over runs. A comparison is false for a run that lacks the value.</summary>
internal abstract record FilterExpression
{
    /// <summary>Maximum length of the text.</summary>
    public const int MaximumLength = 1000;

    public const int MaximumComparisons = 50;

    public const int MaximumDepth = 20;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FilterException">The text is no expression.</exception>
    public static FilterExpression Parse(string text) => new FilterParser(FilterToken.Split(text)).Parse();
}

internal sealed record FilterAnd(IReadOnlyList<FilterExpression> Parts) : FilterExpression;

internal sealed record FilterOr(IReadOnlyList<FilterExpression> Parts) : FilterExpression;

internal sealed record FilterNot(FilterExpression Inner) : FilterExpression;

// Value: double, string, bool or DateTimeOffset by the field, or null for a missing value.
internal sealed record FilterComparison(FilterField Field, FilterOperator Operator, object? Value) : FilterExpression;

internal enum FilterOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>Contains a text, in any case.</summary>
    Contains,
}
