using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainyard.Service.Runs;

/// <summary>
/// An order of the list, as fragments of SQL. Runs are ordered by a value and then by id, both in the same direction, so that one index is read
/// from either end; runs without a value come last, newest first.
/// </summary>
internal sealed partial record RunSort
{
    /// <summary>The order unless another is asked for: newest first.</summary>
    public const string Default = "-created";

    /// <summary>What a sort may look like, for people.</summary>
    public const string Allowed = "created, name, state, epoch, elapsed, metric.<name>.best, metric.<name>.latest or param.<pointer with dots>, with - before it for descending";

    /// <summary>As it was asked for, with the minus.</summary>
    public required string Name { get; init; }

    /// <summary>Largest first.</summary>
    public required bool Descending { get; init; }

    /// <summary>The value, of <c>runs r</c>; null: the id alone is the order.</summary>
    public string? Value { get; private init; }

    /// <summary>Type of the value.</summary>
    public string ValueType { get; private init; } = "text";

    /// <summary>Whether runs may lack the value.</summary>
    public bool Optional { get; private init; }

    /// <summary>The table whose index has the order, as s; it has no row, or null, for a run without the value.</summary>
    public string Source { get; private init; } = "runs s";

    /// <summary>The value in it.</summary>
    public string Key { get; private init; } = "";

    /// <summary>The run in it.</summary>
    public string Id { get; private init; } = "s.id";

    /// <summary>Which of its rows are meant; null: all.</summary>
    public string? Present { get; private init; }

    /// <summary>The parameter that it is the order of, for <see cref="SpecPointers"/>; null: it is the order of something else.</summary>
    public string? Pointer { get; private init; }

    /// <summary>Reads what a person asked for; null: there is no such order.</summary>
    public static RunSort? Parse(string text)
    {
        var descending = text.StartsWith('-');
        var word = descending ? text[1..] : text;
        var sort = new RunSort { Name = text, Descending = descending };
        return word switch
        {
            "created" => sort,
            "name" => sort with { Value = "lower(r.name)", Key = "lower(s.name)" },
            "state" => sort with { Value = "r.state", Key = "s.state" },
            "epoch" => sort with { Value = "r.epoch", Key = "s.epoch", ValueType = "integer" },
            "elapsed" => sort with
            {
                Value = "r.elapsed_seconds", Key = "s.elapsed_seconds", ValueType = "double precision", Optional = true, Present = "s.elapsed_seconds is not null",
            },
            _ when Metric().Match(word) is { Success: true } match => sort.ByMetric(match.Groups["name"].Value, match.Groups["which"].Value),
            _ when SpecPath.Parse(word) is { } path => sort.ByParameter(path),
            _ => null,
        };
    }

    /// <summary>The order by a parameter, read from the index that has it.</summary>
    /// <param name="parameter">Number of its pointer; 0: no run has it.</param>
    public RunSort Indexed(int parameter) => this with
    {
        Source = "run_parameters s", Id = "s.run_id", Key = "s.value", Present = parameter == 0 ? "false" : $"s.parameter = {parameter.ToString(CultureInfo.InvariantCulture)}",
    };

    // The name is of letters that need no quoting.
    private RunSort ByMetric(string name, string which) => this with
    {
        Value = $"(select m.{which} from metric_summaries m where m.run_id = r.id and m.metric = '{name}')",
        ValueType = "double precision",
        Optional = true,
        Source = "metric_summaries s",
        Id = "s.run_id",
        Key = $"s.{which}",
        Present = $"s.metric = '{name}' and s.{which} is not null",
    };

    // An item of a list has no index: a list of runs by the second block's filters reads every spec.
    private RunSort ByParameter(SpecPath path) => this with
    {
        Value = path.Sql("r"), Key = path.Sql("s"), ValueType = "jsonb", Optional = true, Present = $"{path.Sql("s")} is not null", Pointer = path.IsItem ? null : path.Pointer,
    };

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})\\.(?<which>best|latest)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
