namespace Trainyard.Service.Filters;

/// <summary>A field that filter expressions compare.</summary>
internal sealed record FilterField
{
    public required string Name { get; init; }

    public required FilterKind Kind { get; init; }

    public required FilterSource Source { get; init; }

    /// <summary>The column of runs, the name of the metric or the JSON pointer.</summary>
    public required string Key { get; init; }

    /// <summary>Of a metric: best or latest.</summary>
    public string? Which { get; init; }

    /// <summary>Its usual values; null when there is no list of them.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The operators in words.</summary>
    public string AllowedOperators => Source == FilterSource.Items || Kind == FilterKind.Boolean ? "= or !="
        : Kind is FilterKind.Text or FilterKind.Choice ? "=, != or ~"
        : Kind == FilterKind.Any ? "=, !=, <, <=, >, >= or ~"
        : "=, !=, <, <=, > or >=";

    public bool Allows(FilterOperator comparison, bool isMissing) => comparison switch
    {
        FilterOperator.Equal or FilterOperator.NotEqual => true,
        _ when isMissing || Source == FilterSource.Items => false,
        FilterOperator.Contains => Kind is FilterKind.Text or FilterKind.Choice or FilterKind.Any,
        _ => Kind is FilterKind.Number or FilterKind.Time or FilterKind.Any,
    };
}

/// <summary>What a field is compared with.</summary>
public enum FilterKind
{
    /// <summary>A number; 90% is 0.9.</summary>
    Number,

    /// <summary>A text, compared exactly.</summary>
    Text,

    /// <summary>One of a few names, in lower case.</summary>
    Choice,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A date or an instant (ISO 8601), UTC unless it says otherwise.</summary>
    Time,

    /// <summary>As it is written: a number, true, false or a text.</summary>
    Any,
}

/// <summary>Where the values of a field are stored.</summary>
internal enum FilterSource
{
    /// <summary>A column of runs.</summary>
    Column,

    /// <summary>A column of runs with several texts, of which any may match.</summary>
    Items,

    /// <summary>metric_summaries.</summary>
    Metric,

    /// <summary>run_parameters.</summary>
    Parameter,
}
