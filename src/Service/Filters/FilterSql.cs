using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Trainyard.Service.Filters;

// Compiles an expression to a query for the ids of its runs. Each comparison reads its rows from an index or from runs, and the sets are united, intersected and
// subtracted by hashing: whatever the planner expects of their sizes, no pair of them is compared row by row. Every value is a parameter of the statement; the
// names of columns are constants of FilterFields.
internal sealed class FilterSql(NpgsqlCommand command)
{
    /// <summary>A query with one column: the id.</summary>
    public string Write(FilterExpression expression) => expression switch
    {
        FilterAnd and => $"({string.Join(" intersect ", and.Parts.Select(Write))})",
        FilterOr or => $"({string.Join(" union ", or.Parts.Select(Write))})",
        FilterNot not => Without(Write(not.Inner)),
        FilterComparison comparison => $"(select {Compare(comparison)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static string Without(string ids) => $"(select id from runs except {ids})";

    private string Compare(FilterComparison comparison) => comparison.Field.Source switch
    {
        FilterSource.Column => Column(comparison),
        FilterSource.Items => Items(comparison),
        FilterSource.Metric => Metric(comparison),
        _ => Parameter(comparison),
    };

    private string Column(FilterComparison comparison)
    {
        var column = comparison.Field.Key;
        return comparison.Value is null
            ? $"id from runs where {column} is {(comparison.Operator == FilterOperator.Equal ? "" : "not ")}null"
            : $"id from runs where {Condition(column, comparison, value => Add(Whole(value)))}";
    }

    // An index on a column of integers serves comparisons with integers only.
    private static object Whole(object value) => value is double number && double.IsInteger(number) && Math.Abs(number) <= int.MaxValue ? (int)number : value;

    // A run has the value, or it does not: != is not 'has another one too'.
    private string Items(FilterComparison comparison)
    {
        var condition = comparison.Value is null ? $"{comparison.Field.Key} = '{{}}'" : $"{comparison.Field.Key} @> {Add(new[] { (string)comparison.Value })}";
        return $"id from runs where {(comparison.Operator == FilterOperator.Equal ? "" : "not ")}{condition}";
    }

    // Index metric_summaries_by_best or metric_summaries_by_latest.
    private string Metric(FilterComparison comparison)
    {
        var (value, metric) = ($"m.{comparison.Field.Which}", Add(comparison.Field.Key));
        return Present($"m.run_id from metric_summaries m where m.metric = {metric} and ", $"{value} is not null", comparison)
            ?? $"m.run_id from metric_summaries m where m.metric = {metric} and {Condition(value, comparison, number => Add(number))}";
    }

    // Primary key of run_parameters. jsonb orders text before numbers and numbers before booleans, so that a range of one type has an end.
    private string Parameter(FilterComparison comparison)
    {
        var from = $"p.run_id from run_parameters p where p.parameter = (select id from spec_pointers where pointer = {Add(comparison.Field.Key)}) and ";
        var bound = (comparison.Operator, comparison.Value) switch
        {
            (FilterOperator.Less or FilterOperator.LessOrEqual, double) => " and p.value >= '-1e308'",
            (FilterOperator.Greater or FilterOperator.GreaterOrEqual, double) => " and p.value < 'false'",
            (FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual, _) => " and jsonb_typeof(p.value) = 'string'",
            _ => "",
        };
        return Present(from, "true", comparison)
            ?? (comparison.Operator == FilterOperator.Contains
                ? from + Condition("p.value #>> '{}'", comparison, value => Add(value))
                : from + Condition("p.value", comparison, value => Add(Json(value), NpgsqlDbType.Jsonb)) + bound);
    }

    // The runs with or without a value, for a comparison with null; else null.
    private static string? Present(string from, string condition, FilterComparison comparison) =>
        comparison.Value is not null ? null
        : comparison.Operator == FilterOperator.NotEqual ? from + condition
        : $"id from runs except select {from}{condition}";

    private static string Condition(string value, FilterComparison comparison, Func<object, string> add) => comparison.Operator switch
    {
        FilterOperator.Equal => $"{value} = {add(comparison.Value!)}",
        FilterOperator.NotEqual => $"{value} <> {add(comparison.Value!)}",
        FilterOperator.Less => $"{value} < {add(comparison.Value!)}",
        FilterOperator.LessOrEqual => $"{value} <= {add(comparison.Value!)}",
        FilterOperator.Greater => $"{value} > {add(comparison.Value!)}",
        FilterOperator.GreaterOrEqual => $"{value} >= {add(comparison.Value!)}",
        _ => $"{value} ilike {add($"%{Escape($"{comparison.Value}")}%")}",
    };

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    // A list of numbers or names is written as JSON in quotes. Texts are cut as spec_parameters cuts them.
    private static string Json(object value)
    {
        if (value is not string text)
        {
            return JsonSerializer.Serialize(value);
        }

        if (text.StartsWith('['))
        {
            try
            {
                using var list = JsonDocument.Parse(text);
                return list.RootElement.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
                    ? JsonSerializer.Serialize(list.RootElement) : JsonSerializer.Serialize(text);
            }
            catch (JsonException)
            {
                // A text that only begins like a list.
            }
        }

        return JsonSerializer.Serialize(string.Concat(text.EnumerateRunes().Take(100)));
    }

    private string Add(object value, NpgsqlDbType? type = null)
    {
        command.Parameters.Add(type is { } known ? new() { Value = value, NpgsqlDbType = known } : new() { Value = value });
        return $"${command.Parameters.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
