using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Filters;
using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

// A sort order as SQL fragments. Runs are ordered by a value and then by id, both in the same direction, so that one index serves both directions; runs without
// a value come last, latest first.
internal sealed partial record RunSort
{
    /// <summary>Latest first.</summary>
    public const string Default = "-created";

    /// <summary>The table of the columns of runs, as <see cref="Source"/>.</summary>
    public const string Runs = "runs s";

    public const string Allowed = "created, name, state, epoch, elapsed, metric.<name>.best, metric.<name>.latest or param.<pointer with dots>, prefixed with - for descending";

    /// <summary>As requested, with the minus.</summary>
    public required string Name { get; init; }

    public required bool Descending { get; init; }

    /// <summary>The value, for <c>runs r</c>; null for the order by id.</summary>
    public string? Value { get; private init; }

    public NpgsqlDbType ValueType { get; private init; } = NpgsqlDbType.Text;

    /// <summary>Whether runs may lack the value.</summary>
    public bool Optional { get; private init; }

    /// <summary>The table whose index has the order, with alias s; it has no row, or null, for a run without a value.</summary>
    public string Source { get; private init; } = Runs;

    /// <summary>The value in <see cref="Source"/>.</summary>
    public string Key { get; private init; } = "null";

    /// <summary>The run in <see cref="Source"/>.</summary>
    public string Id { get; private init; } = "s.id";

    /// <summary>Condition on the rows of <see cref="Source"/>; null for all.</summary>
    public string? Present { get; private init; }

    /// <summary>Whether the order is read from an index. A single item of a list has none: a sort by the second block's filters reads every spec.</summary>
    public bool IsIndexed => Source != Runs || ValueType != NpgsqlDbType.Jsonb;

    /// <summary>Query for the runs without a value, where an index has them; null where it does not.</summary>
    public string? Without { get; private init; }

    /// <summary>Name of the metric of the order, and best or latest.</summary>
    public (string Name, string? Which)? MetricValue { get; private init; }

    /// <summary>The parameter of the order, for <see cref="SpecPointers"/>; null for other orders.</summary>
    public string? Pointer { get; private init; }

    public static RunSort? Parse(string text)
    {
        var descending = text.StartsWith('-');
        var name = descending ? text[1..] : text;
        var sort = new RunSort { Name = text, Descending = descending };
        return name switch
        {
            "created" => sort,
            "name" => sort with { Value = "lower(r.name)", Key = "lower(s.name)" },
            "state" => sort with { Value = "r.state", Key = "s.state" },
            "epoch" => sort with { Value = "r.epoch", Key = "s.epoch", ValueType = NpgsqlDbType.Integer },
            "elapsed" => sort with
            {
                Value = "r.elapsed_seconds", Key = "s.elapsed_seconds", ValueType = NpgsqlDbType.Double, Optional = true, Present = "s.elapsed_seconds is not null",
            },
            _ when Metric().Match(name) is { Success: true } match => sort.ByMetric(match.Groups["name"].Value, match.Groups["which"].Value),
            _ when SpecPath.Parse(name) is { } path => sort.ByParameter(path),
            _ => null,
        };
    }

    // The order by a parameter, from the index of run_parameters. parameter: Id of its pointer; 0 if no run has the parameter.
    public RunSort Indexed(int parameter) => this with
    {
        Source = "run_parameters s", Id = "s.run_id", Key = "s.value", Present = parameter == 0 ? "false" : $"s.parameter = {parameter.ToString(CultureInfo.InvariantCulture)}",
    };

    /// <summary>Whether a field of filter expressions is the value of this order.</summary>
    public bool IsBy(FilterField field) => field.Source switch
    {
        FilterSource.Parameter => Pointer == field.Key,
        FilterSource.Metric => MetricValue == (field.Key, field.Which),
        FilterSource.Column => Key == $"s.{field.Key}",
        _ => false,
    };

    // A value, as PostgreSQL writes it, as a parameter of its type; null for a text that is no value of this order.
    public NpgsqlParameter? Parameter(string key)
    {
        object? value = ValueType switch
        {
            NpgsqlDbType.Integer => int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
            NpgsqlDbType.Double => double.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            NpgsqlDbType.Jsonb => IsJson(key) ? key : null,
            _ => key.Contains('\0', StringComparison.Ordinal) ? null : key,
        };
        return value is null ? null : new() { Value = value, NpgsqlDbType = ValueType };
    }

    // Whether PostgreSQL reads it as jsonb: without NUL and unpaired surrogates, and numbers without an exponent.
    private static bool IsJson(string text)
    {
        static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal);
        static bool IsValue(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().All(member => IsText(member.Name) && IsValue(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().All(IsValue),
            JsonValueKind.String => IsText(value.GetString()!),
            JsonValueKind.Number => !value.GetRawText().Contains('e', StringComparison.OrdinalIgnoreCase),
            _ => true,
        };

        try
        {
            using var document = JsonDocument.Parse(text);
            return IsValue(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // The pattern of names makes quoting unnecessary.
    private RunSort ByMetric(string name, string which) => this with
    {
        Value = $"(select m.{which} from metric_summaries m where m.run_id = r.id and m.metric = '{name}')",
        MetricValue = (name, which),
        ValueType = NpgsqlDbType.Double,
        Optional = true,
        Source = "metric_summaries s",
        Id = "s.run_id",
        Key = $"s.{which}",
        Present = $"s.metric = '{name}' and s.{which} is not null",
        Without = MetricNames.All.Contains(name, StringComparer.Ordinal) ? FilterSql.Unmeasured($"'{name}'", which) : null,
    };

    private RunSort ByParameter(SpecPath path) => this with
    {
        Value = path.Sql("r"), Key = path.Sql("s"), ValueType = NpgsqlDbType.Jsonb, Optional = true, Present = $"{path.Sql("s")} is not null", Pointer = path.IsItem ? null : path.Pointer,
    };

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})\\.(?<which>best|latest)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
