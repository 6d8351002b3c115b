namespace Trainyard.Service.Filters;

// How many runs the comparisons of an expression have, counted up to a limit. The planner cannot tell: its statistics are of all metrics, or all parameters,
// together. An intersection with a part of few runs reads that, and tests the others on those runs alone, unless reading their sets costs less.
internal sealed record FilterSizes(IReadOnlyDictionary<FilterExpression, int> Known, int Few)
{
    /// <summary>Comparisons that are counted; the sizes of further ones stay unknown.</summary>
    public const int MaximumCounted = 12;

    /// <summary>Comparisons are counted up to this number of runs, about 3 ms each; what has one more has any number.</summary>
    public const int MaximumCount = 30_000;

    /// <summary>The sets that are hashed for one statement have up to this number of runs together, about 20 ms.</summary>
    public const int MaximumHashed = 60_000;

    public static FilterSizes Unknown { get; } = new(new Dictionary<FilterExpression, int>(), 0);

    /// <summary>How many rows of an index are read and hashed in the time of a test of one run.</summary>
    public int TestCost { get; init; } = 10;

    /// <summary>The comparisons of an expression whose runs are counted by an index, in a time that depends on the limit alone.</summary>
    public static IEnumerable<FilterExpression> Countable(FilterExpression expression) => Indexed(expression).Distinct().Take(MaximumCounted);

    private static IEnumerable<FilterExpression> Indexed(FilterExpression expression) => expression switch
    {
        FilterAnd and => and.Parts.SelectMany(Indexed),
        FilterOr or => or.Parts.SelectMany(Indexed),
        FilterNot { Inner: FilterComparison { Field.Source: FilterSource.Metric or FilterSource.Parameter } comparison } when comparison.Operator != FilterOperator.Contains => [expression],
        FilterComparison comparison when HasIndex(comparison) => [expression],
        _ => [],
    };

    public bool AreFew(FilterExpression expression) => Most(expression) <= Few;

    /// <summary>The parts of an intersection whose sets are hashed to look ids up, the smallest first; empty for an expression that has none.</summary>
    public IReadOnlyList<FilterExpression> Hashable(FilterExpression expression)
    {
        List<FilterExpression> hashable = [];
        var total = 0L;
        foreach (var part in (expression is FilterAnd and ? and.Parts : [expression]).OrderBy(Hashed))
        {
            total += Hashed(part);
            if (total > MaximumHashed)
            {
                break;
            }

            hashable.Add(part);
        }

        return hashable;
    }

    // How many runs its sets have together; those that no index has with their ids are read from the rows of runs, which takes longer.
    private long Hashed(FilterExpression expression) => expression switch
    {
        FilterAnd and => and.Parts.Sum(Hashed),
        FilterOr or => or.Parts.Sum(Hashed),
        _ => !Known.TryGetValue(expression, out var size) || size > MaximumCount ? int.MaxValue : size * (HasIds(expression) ? 1L : TestCost),
    };

    private static bool HasIds(FilterExpression expression) => expression is not FilterComparison { Field: { Source: FilterSource.Items } or { Key: "problems" or "warnings" } };

    /// <summary>The parts of an intersection that are tested on the runs of the others.</summary>
    public IEnumerable<FilterExpression> Tested(FilterAnd and)
    {
        var fewest = Most(and);
        return fewest > Few ? [] : and.Parts.Where(part => Most(part) > Math.Max(fewest, 1) * TestCost);
    }

    /// <summary>An upper bound of the number of runs.</summary>
    public long Most(FilterExpression expression) => expression switch
    {
        FilterAnd and => and.Parts.Min(Most),
        FilterOr or => or.Parts.Sum(Most),
        _ => Known.TryGetValue(expression, out var size) ? size : int.MaxValue,
    };

    private static bool HasIndex(FilterComparison comparison) => comparison.Operator != FilterOperator.Contains && comparison.Field switch
    {
        { Source: FilterSource.Metric or FilterSource.Parameter } => true,
        { Source: FilterSource.Column, Key: "state" or "experiment" or "setting" } => comparison is { Operator: FilterOperator.Equal, Value: not null },
        { Source: FilterSource.Column, Key: "epoch" or "elapsed_seconds" } => comparison.Operator != FilterOperator.NotEqual,
        { Source: FilterSource.Column, Key: "problems" or "warnings" } => comparison is { Operator: FilterOperator.Greater, Value: >= 0.0 },
        { Source: FilterSource.Items, Key: "tags" } => comparison is { Operator: FilterOperator.Equal, Value: not null },
        _ => false,
    };
}
