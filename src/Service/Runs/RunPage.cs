namespace Trainyard.Service.Runs;

/// <summary>Part of the list of runs.</summary>
public sealed record RunPage
{
    /// <summary>The runs.</summary>
    public required IReadOnlyList<RunSummary> Items { get; init; }

    /// <summary>Value of <c>after</c> for the next part; null: this is the end.</summary>
    public required string? Next { get; init; }

    /// <summary>All runs that fit, at most 100,001, which means "more than 100,000"; null unless it was asked for.</summary>
    public required int? Total { get; init; }
}
