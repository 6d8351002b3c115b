namespace Trainyard.Service.Filters;

// How many runs the comparisons of an expression have, counted up to a little more than Few. The planner cannot tell: its statistics are of all metrics, or all
// parameters, together. An intersection then reads its small sets, and tests the rest of the expression on their runs alone.
internal sealed record FilterSizes(IReadOnlyDictionary<FilterExpression, int> Known, int Few)
{
    public static FilterSizes Unknown { get; } = new(new Dictionary<FilterExpression, int>(), 0);

    /// <summary>The comparisons of an expression whose runs are counted by an index, in a time that depends on the limit alone.</summary>
    public static IEnumerable<FilterExpression> Countable(FilterExpression expression) => expression switch
    {
        FilterAnd and => and.Parts.SelectMany(Countable).Distinct(),
        FilterOr or => or.Parts.SelectMany(Countable).Distinct(),
        FilterNot { Inner: FilterComparison { Field.Source: FilterSource.Metric or FilterSource.Parameter } comparison } when comparison.Operator != FilterOperator.Contains => [expression],
        FilterComparison comparison when HasIndex(comparison) => [expression],
        _ => [],
    };

    public bool AreFew(FilterExpression expression) => Most(expression) <= Few;

    // An upper bound.
    private long Most(FilterExpression expression) => expression switch
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
