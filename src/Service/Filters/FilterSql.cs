using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Store;

namespace Trainyard.Service.Filters;

// Compiles an expression, in one of two ways. Write: a query for the ids of its runs. Each comparison reads its rows from an index or from runs, and the sets are
// united and intersected by hashing: whatever the planner expects of their sizes, no pair of them is compared row by row. OfRow: a condition on a run. Where an
// intersection has a part that is known to be few runs, the others are tested on the rows of those.
// Every value is a parameter of the statement; the names of columns and pointers are constants of FilterFields or have a pattern that needs no quotes.
internal sealed class FilterSql(NpgsqlCommand command)
{
    // jsonb orders text before numbers and numbers before booleans, so that a range of one type has an end.
    private const string LowestNumber = "'-1e308'";
    private const string AboveNumbers = "'false'";

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

    // A condition on an id, which is looked up in the sets of an expression in negation normal form. They are read and hashed once; a look-up takes a tenth of a
    // microsecond, and the order in which the ids are read stays. "is true" keeps the planner from a join, which would lose the order, and it hashes only what it
    // expects to fit into its memory: hence the limit, which is twice the size that FilterSizes.Hashable allows.
    public string OfId(FilterExpression expression, string id) => expression switch
    {
        FilterAnd and => $"({string.Join(" and ", and.Parts.Select(part => OfId(part, id)))})",
        FilterOr or => $"({string.Join(" or ", or.Parts.Select(part => OfId(part, id)))})",
        _ => $"(({id} in (select found.id from {Write(expression, FilterSizes.Unknown)} as found (id) limit {Text(2 * FilterSizes.MaximumCount)})) is true)",
    };

    // A subquery with one value or none, so that the planner has no choice but to look it up for each run.
    private static string LookUp(FilterComparison comparison, string value, Func<FilterComparison, string, string> condition, string from) =>
        comparison.Value is not null ? $"(select {condition(comparison, value)} from {from})"
        : $"((select {value} from {from}) is {(comparison.Operator == FilterOperator.Equal ? "" : "not ")}null)";

    // The value of a parameter as spec_parameters has it.
    private static string Given(string pointer) =>
        $$$"""
        select case jsonb_typeof(found) when 'string' then to_jsonb(left(found #>> '{}', 100)) when 'object' then null when 'null' then null
            when 'array' then case when jsonb_typeof(found -> 0) in ('number', 'string', 'boolean') then jsonb_path_query_array(found, '$[0 to 63]') end
            else found end as value
        from (select r.spec #> '{{{{pointer[1..].Replace('/', ',')}}}}' as found offset 0) as place offset 0
        """;

    /// <summary>The comparison of a value, a column or an expression of SQL, that a row of an order has.</summary>
    public string OfValue(FilterComparison comparison, string value) => comparison.Field.Source == FilterSource.Parameter ? Parameter(comparison, value)
        : Condition(value, comparison, given => Add(comparison.Field.Source == FilterSource.Column ? Whole(given) : given));

    /// <summary>A query with one column: the id. Of an expression in negation normal form (<see cref="FilterForm"/>).</summary>
    public string Write(FilterExpression expression, FilterSizes sizes) => expression switch
    {
        FilterAnd and => Intersection(and, sizes),
        FilterOr or => $"({string.Join(" union ", or.Parts.Select(part => Write(part, sizes)))})",
        FilterNot { Inner: FilterComparison comparison } => $"({Set(comparison, isOpposite: true)})",
        FilterComparison comparison => $"({Set(comparison, isOpposite: false)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    /// <summary>A query with one row and column: how many runs some expressions have, as an array, counted up to a limit each.</summary>
    public string Count(IEnumerable<FilterExpression> expressions, int limit) =>
        $"select array[{string.Join(", ", expressions.Select(one => $"(select count(*)::int from (select from {Write(one, FilterSizes.Unknown)} as found limit {Text(limit)}) as counted)"))}]::int[]";

    /// <summary>A query for the runs that lack the value of a metric, of which <paramref name="metric"/> is the name as SQL.</summary>
    public static string Unmeasured(string metric, string which) =>
        $"select m.run_id from metric_summaries m where m.metric = {metric} and m.{which} is null union all select g.run_id from metric_gaps g where g.metric = {metric}";

    private string Intersection(FilterAnd and, FilterSizes sizes)
    {
        var tested = sizes.Tested(and).Where(IsOfRow).ToList();
        var set = string.Join(" intersect ", and.Parts.Except(tested).Select(part => Write(part, sizes)));
        return tested.Count == 0 ? $"({set})"
            : $"(select few.id from ({set}) as few (id) cross join lateral (select from runs r where r.id = few.id and {OfRow(new FilterAnd(tested))} offset 0) as matching)";
    }

    private string Set(FilterComparison comparison, bool isOpposite) => comparison.Field.Source switch
    {
        FilterSource.Column => $"select r.id from runs r where {(isOpposite ? $"({Column(comparison)}) is not true" : Column(comparison))}",
        FilterSource.Items => $"select r.id from runs r where {Items(isOpposite ? Opposite(comparison) : comparison)}",
        FilterSource.Metric => MetricSet(comparison, isOpposite),
        _ => ParameterSet(comparison, isOpposite),
    };

    // Indexes metric_summaries_by_best and metric_summaries_by_latest.
    private string MetricSet(FilterComparison comparison, bool isOpposite)
    {
        var (metric, which) = (Add(comparison.Field.Key), comparison.Field.Which!);
        string With(string condition) => $"select m.run_id from metric_summaries m where m.metric = {metric} and {condition}";
        string Without() => MetricNames.All.Contains(comparison.Field.Key, StringComparer.Ordinal) ? Unmeasured(metric, which) : $"select id from runs except {With($"m.{which} is not null")}";
        if (comparison.Value is null)
        {
            return comparison.Operator == FilterOperator.Equal ? Without() : With($"m.{which} is not null");
        }

        var compared = isOpposite ? Opposite(comparison) : comparison;
        var measured = Ranges(compared.Operator).Select(comparedBy => With(Metric(compared with { Operator = comparedBy }, $"m.{which}")));
        return string.Join(" union all ", isOpposite ? measured.Append($"({Without()})") : measured);
    }

    // Primary key of run_parameters. The runs without the parameter have a shape without it.
    private string ParameterSet(FilterComparison comparison, bool isOpposite)
    {
        var parameter = $"(select id from spec_pointers where pointer = {Add(comparison.Field.Key)})";
        string With(string condition) => $"select p.run_id from run_parameters p where p.parameter = {parameter} and {condition}";
        var without =
            $"select p.run_id from run_parameters p where p.parameter = 0 and p.value = any (array(select to_jsonb(id) from spec_shapes where not parameters @> array[{parameter}]))";
        if (comparison.Value is null)
        {
            return comparison.Operator == FilterOperator.Equal ? without : With("true");
        }

        var given = (isOpposite ? OtherValues(comparison, "p.value") : Values(comparison, "p.value")).Select(With);
        return string.Join(" union all ", isOpposite ? given.Append(without) : given);
    }

    // The values of a parameter that fit, as ranges of the index.
    private IEnumerable<string> Values(FilterComparison comparison, string value) => comparison.Operator == FilterOperator.NotEqual
        ? Ranges(comparison.Operator).Select(comparedBy => Json(comparison with { Operator = comparedBy }, value))
        : [Parameter(comparison, value)];

    // Those that do not fit: the other side, and on this side what is no number. No value is in two ranges.
    private IEnumerable<string> OtherValues(FilterComparison comparison, string value) => (comparison.Operator, comparison.Value) switch
    {
        (FilterOperator.Equal or FilterOperator.NotEqual, _) => Values(Opposite(comparison), value),
        (FilterOperator.Less or FilterOperator.LessOrEqual, double) => [Json(Opposite(comparison), value), $"{Json(comparison, value)} and {value} < {LowestNumber}"],
        (FilterOperator.Greater or FilterOperator.GreaterOrEqual, double) => [Json(Opposite(comparison), value), $"{Json(comparison, value)} and {value} >= {AboveNumbers}"],
        _ => [$"not ({Parameter(comparison, value)})"],
    };

    // What differs from a value is on both sides of it.
    private static IEnumerable<FilterOperator> Ranges(FilterOperator comparedBy) => comparedBy == FilterOperator.NotEqual ? [FilterOperator.Less, FilterOperator.Greater] : [comparedBy];

    private static FilterComparison Opposite(FilterComparison comparison) => comparison with { Operator = FilterForm.Opposite(comparison.Operator) };

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

    private string Metric(FilterComparison comparison, string value) => Condition(value, comparison, number => Add(number));

    private string Parameter(FilterComparison comparison, string value) => comparison.Operator == FilterOperator.Contains
        ? Condition($"{value} #>> '{{}}'", comparison, text => Add(text))
        : Json(comparison, value) + (comparison.Operator, comparison.Value) switch
        {
            (FilterOperator.Less or FilterOperator.LessOrEqual, double) => $" and {value} >= {LowestNumber}",
            (FilterOperator.Greater or FilterOperator.GreaterOrEqual, double) => $" and {value} < {AboveNumbers}",
            (FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual, _) => $" and jsonb_typeof({value}) = 'string'",
            _ => "",
        };

    private string Json(FilterComparison comparison, string value) => Condition(value, comparison, given => Add(Json(given), NpgsqlDbType.Jsonb));

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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Add(object value, NpgsqlDbType? type = null)
    {
        command.Parameters.Add(type is { } known ? new() { Value = value, NpgsqlDbType = known } : new() { Value = value });
        return $"${Text(command.Parameters.Count)}";
    }
}
