namespace Trainyard.Service.Filters;

/// <summary>Negation normal form: an equal expression in which <c>not</c> is before single comparisons only. A comparison's opposite may be few runs where the comparison is most.</summary>
internal static class FilterForm
{
    public static FilterExpression Of(FilterExpression expression) => expression switch
    {
        FilterAnd and => new FilterAnd([.. and.Parts.Select(Of)]),
        FilterOr or => new FilterOr([.. or.Parts.Select(Of)]),
        FilterNot not => Opposite(not.Inner),
        _ => expression,
    };

    public static FilterOperator Opposite(FilterOperator comparedBy) => comparedBy switch
    {
        FilterOperator.Equal => FilterOperator.NotEqual,
        FilterOperator.NotEqual => FilterOperator.Equal,
        FilterOperator.Less => FilterOperator.GreaterOrEqual,
        FilterOperator.LessOrEqual => FilterOperator.Greater,
        FilterOperator.Greater => FilterOperator.LessOrEqual,
        FilterOperator.GreaterOrEqual => FilterOperator.Less,
        _ => throw new ArgumentOutOfRangeException(nameof(comparedBy)),
    };

    // A comparison is false for a missing value, and so its opposite is no comparison, except of the question whether there is a value.
    private static FilterExpression Opposite(FilterExpression expression) => expression switch
    {
        FilterAnd and => new FilterOr([.. and.Parts.Select(Opposite)]),
        FilterOr or => new FilterAnd([.. or.Parts.Select(Opposite)]),
        FilterNot not => Of(not.Inner),
        FilterComparison { Value: null } missing => missing with { Operator = Opposite(missing.Operator) },
        _ => new FilterNot(expression),
    };
}
