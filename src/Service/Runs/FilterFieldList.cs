using Trainyard.Service.Filters;

namespace Trainyard.Service.Runs;

/// <summary>The fields of filter expressions.</summary>
public sealed record FilterFieldList
{
    internal static FilterFieldList Complete { get; } = new()
    {
        Fields = [.. FilterFields.All.Select(field => new FilterFieldEntry
        {
            Name = field.Name,
            Kind = field.Kind,
            Pointer = field.Source == FilterSource.Parameter ? field.Key : null,
            Choices = field.Choices ?? [],
        })],
    };

    /// <summary>
    /// The fields that have a name of their own. Besides, <c>param.</c> and a pointer with dots is any parameter, and <c>metric.</c>, a name and <c>.best</c> or
    /// <c>.latest</c> is any metric.
    /// </summary>
    public required IReadOnlyList<FilterFieldEntry> Fields { get; init; }
}

/// <summary>A field of filter expressions.</summary>
public sealed record FilterFieldEntry
{
    /// <summary>Name; case and underscores do not matter.</summary>
    public required string Name { get; init; }

    /// <summary>What it is compared with.</summary>
    public required FilterKind Kind { get; init; }

    /// <summary>JSON pointer into the canonical spec; null for a field that is no parameter.</summary>
    public required string? Pointer { get; init; }

    /// <summary>Its usual values; empty when there is no list of them.</summary>
    public required IReadOnlyList<string> Choices { get; init; }
}
