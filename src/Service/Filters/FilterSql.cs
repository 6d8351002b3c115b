using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Trainyard.Service.Filters;

// Compiles an expression, in one of two ways. Write: a query for the ids of its runs. Each comparison reads its rows from an index or from runs, and the sets are
// united, intersected and subtracted by hashing: whatever the planner expects of their sizes, no pair of them is compared row by row. OfRow: a condition on a run.
// Every value is a parameter of the statement; the names of columns and pointers are constants of FilterFields or have a pattern that needs no quotes.
internal sealed class FilterSql(NpgsqlCommand command)
{
    /// <summary>Whether <see cref="OfRow"/> can tell it: parameters that are a list of several groups' members are only in run_parameters.</summary>
    public static bool IsOfRow(FilterExpression expression) => expression switch
    {
        FilterAnd and => and.Parts.All(IsOfRow),
        FilterOr or => or.Parts.All(IsOfRow),
        FilterNot not => IsOfRow(not.Inner),
        FilterComparison { Field: { Source: FilterSource.Parameter, Key: var pointer } } =>
            pointer.Split('/') is { Length: <= 4 } segments && !segments.Skip(1).Any(segment => segment == "*" || segment.All(char.IsAsciiDigit)),
        _ => true,
    };

    /// <summary>A condition on a row of runs with the alias r, for few of them: a comparison takes some microseconds. Null is not true.</summary>
    public string OfRow(FilterExpression expression) => expression switch
    {
        FilterAnd and => $"({string.Join(" and ", and.Parts.Select(OfRow))})",
        FilterOr or => $"({string.Join(" or ", or.Parts.Select(OfRow))})",
        FilterNot not => $"({OfRow(not.Inner)} is not true)",
        FilterComparison { Field.Source: FilterSource.Column } comparison => $"({Column(comparison)})",
        FilterComparison { Field.Source: FilterSource.Items } comparison => $"({Items(comparison)})",
        FilterComparison { Field.Source: FilterSource.Metric } comparison =>
            LookUp(comparison, $"m.{comparison.Field.Which}", Metric, $"metric_summaries m where m.run_id = r.id and m.metric = {Add(comparison.Field.Key)}"),
        FilterComparison comparison => LookUp(comparison, "p.value", Parameter, $"({Given(comparison.Field.Key)}) as p"),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    // A subquery with one value or none, so that the planner has no choice but to look it up for each run.
    private static string LookUp(FilterComparison comparison, string value, Func<FilterComparison, string> condition, string from) =>
        comparison.Value is not null ? $"(select {condition(comparison)} from {from})"
        : $"((select {value} from {from}) is {(comparison.Operator == FilterOperator.Equal ? "" : "not ")}null)";

    // The value of a parameter as spec_parameters has it.
    private static string Given(string pointer) =>
        $$$"""
        select case jsonb_typeof(found) when 'string' then to_jsonb(left(found #>> '{}', 100)) when 'object' then null when 'null' then null
            when 'array' then case when jsonb_typeof(found -> 0) in ('number', 'string', 'boolean') then jsonb_path_query_array(found, '$[0 to 63]') end
            else found end as value
        from (select r.spec #> '{{{{pointer[1..].Replace('/', ',')}}}}' as found offset 0) as place offset 0
        """;

    /// <summary>A query with one column: the id.</summary>
    public string Write(FilterExpression expression) => expression switch
    {
        FilterAnd and => $"({string.Join(" intersect ", and.Parts.Select(Write))})",
        FilterOr or => $"({string.Join(" union ", or.Parts.Select(Write))})",
        FilterNot not => Without(Write(not.Inner)),
        FilterComparison comparison => $"(select {Set(comparison)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static string Without(string ids) => $"(select id from runs except {ids})";

    private string Set(FilterComparison comparison) => comparison.Field.Source switch
    {
        FilterSource.Column => $"r.id from runs r where {Column(comparison)}",
        FilterSource.Items => $"r.id from runs r where {Items(comparison)}",
        // Index metric_summaries_by_best or metric_summaries_by_latest.
        FilterSource.Metric => Set(comparison, $"m.run_id from metric_summaries m where m.metric = {Add(comparison.Field.Key)}", $"m.{comparison.Field.Which} is not null", Metric),
        // Primary key of run_parameters.
        _ => Set(comparison, $"p.run_id from run_parameters p where p.parameter = (select id from spec_pointers where pointer = {Add(comparison.Field.Key)})", "true", Parameter),
    };

    // present: The condition on rows of runs that have the value.
    private static string Set(FilterComparison comparison, string from, string present, Func<FilterComparison, string> condition) =>
        comparison.Value is not null ? $"{from} and {condition(comparison)}"
        : comparison.Operator == FilterOperator.NotEqual ? $"{from} and {present}"
        : $"id from runs except select {from} and {present}";

    // Index runs_by_name has the names in lower case, and ilike compares nothing else.
    private string Column(FilterComparison comparison) => (comparison.Field.Key, comparison.Operator, comparison.Value) switch
    {
        (var column, var comparedBy, null) => $"r.{column} is {(comparedBy == FilterOperator.Equal ? "" : "not ")}null",
        ("name", FilterOperator.Contains, { } text) => $"lower(r.name) like lower({Add(Pattern(text))})",
        ("name", FilterOperator.Equal, { } text) => $"r.name = {Add(text)} and lower(r.name) = lower({Add(text)})",
        var (column, _, _) => Condition($"r.{column}", comparison, value => Add(Whole(value))),
    };

    // An index on a column of integers serves comparisons with integers only.
    private static object Whole(object value) => value is double number && double.IsInteger(number) && Math.Abs(number) <= int.MaxValue ? (int)number : value;

    // A run has the value, or it does not: != is not 'has another one too'.
    private string Items(FilterComparison comparison)
    {
        var condition = comparison.Value is null ? $"r.{comparison.Field.Key} = '{{}}'" : $"r.{comparison.Field.Key} @> {Add(new[] { (string)comparison.Value })}";
        return $"{(comparison.Operator == FilterOperator.Equal ? "" : "not ")}{condition}";
    }

    private string Metric(FilterComparison comparison) => Condition($"m.{comparison.Field.Which}", comparison, number => Add(number));

    // jsonb orders text before numbers and numbers before booleans, so that a range of one type has an end.
    private string Parameter(FilterComparison comparison)
    {
        var bound = (comparison.Operator, comparison.Value) switch
        {
            (FilterOperator.Less or FilterOperator.LessOrEqual, double) => " and p.value >= '-1e308'",
            (FilterOperator.Greater or FilterOperator.GreaterOrEqual, double) => " and p.value < 'false'",
            (FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual, _) => " and jsonb_typeof(p.value) = 'string'",
            _ => "",
        };
        return comparison.Operator == FilterOperator.Contains
            ? Condition("p.value #>> '{}'", comparison, value => Add(value))
            : Condition("p.value", comparison, value => Add(Json(value), NpgsqlDbType.Jsonb)) + bound;
    }

    private static string Condition(string value, FilterComparison comparison, Func<object, string> add) => comparison.Operator switch
    {
        FilterOperator.Equal => $"{value} = {add(comparison.Value!)}",
        FilterOperator.NotEqual => $"{value} <> {add(comparison.Value!)}",
        FilterOperator.Less => $"{value} < {add(comparison.Value!)}",
        FilterOperator.LessOrEqual => $"{value} <= {add(comparison.Value!)}",
        FilterOperator.Greater => $"{value} > {add(comparison.Value!)}",
        FilterOperator.GreaterOrEqual => $"{value} >= {add(comparison.Value!)}",
        _ => $"{value} ilike {add(Pattern(comparison.Value!))}",
    };

    private static string Pattern(object text) => $"%{Escape($"{text}")}%";

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
