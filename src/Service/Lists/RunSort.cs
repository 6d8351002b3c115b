using System.Text.RegularExpressions;

namespace Trainyard.Service.Lists;

/// <summary>
/// An order of the list, as fragments of SQL. Runs are ordered by a key and then by id, both in the same direction, so that one index is read
/// from either end; runs without a value come last, newest first.
/// </summary>
internal sealed partial record RunSort
{
    /// <summary>The order unless another is asked for: newest first.</summary>
    public const string Default = "-created";

    /// <summary>What a sort may look like, for people.</summary>
    public const string Allowed = "created, name, state, epoch, elapsed, metric.<name>.best, metric.<name>.latest or param.<pointer with dots>, with - before it for descending";

    private const string Runs = "runs r";

    /// <summary>As it was asked for, with the minus.</summary>
    public required string Name { get; init; }

    /// <summary>Largest first.</summary>
    public required bool Descending { get; init; }

    /// <summary>Where the runs that have a value are read from; the alias of <c>runs</c> is r.</summary>
    public string From { get; private init; } = Runs;

    /// <summary>The id, of the table whose index has the order.</summary>
    public string Id { get; private init; } = "r.id";

    /// <summary>The value; null: the id alone is the order.</summary>
    public string? Key { get; private init; }

    /// <summary>Type of the value.</summary>
    public string KeyType { get; private init; } = "text";

    /// <summary>Which runs have a value; null: all.</summary>
    public string? Present { get; private init; }

    /// <summary>Which runs have none.</summary>
    public string? Absent { get; private init; }

    /// <summary>Reads what a person asked for; null: there is no such order.</summary>
    public static RunSort? Parse(string text)
    {
        var descending = text.StartsWith('-');
        var word = descending ? text[1..] : text;
        var sort = new RunSort { Name = text, Descending = descending };
        return word switch
        {
            "created" => sort,
            "name" => sort with { Key = "lower(r.name)" },
            "state" => sort with { Key = "r.state" },
            "epoch" => sort with { Key = "r.epoch", KeyType = "integer" },
            "elapsed" => sort with
            {
                Key = "r.elapsed_seconds", KeyType = "double precision", Present = "r.elapsed_seconds is not null", Absent = "r.elapsed_seconds is null",
            },
            _ when Metric().Match(word) is { Success: true } match => sort.ByMetric(match.Groups["name"].Value, match.Groups["which"].Value),
            _ when SpecPath.Parse(word) is { } path => sort with
            {
                // JSON null is the smallest of the kinds that a parameter has.
                Key = $"({path.Sql})", KeyType = "jsonb", Present = $"({path.Sql}) > 'null'", Absent = $"coalesce({path.Sql}, 'null') = 'null'",
            },
            _ => null,
        };
    }

    // The name is of letters that need no quoting.
    private RunSort ByMetric(string name, string which) => this with
    {
        From = "metric_summaries m join runs r on r.id = m.run_id",
        Id = "m.run_id",
        Key = $"m.{which}",
        KeyType = "double precision",
        Present = $"m.metric = '{name}' and m.{which} is not null",
        Absent = $"not exists (select from metric_summaries m where m.run_id = r.id and m.metric = '{name}' and m.{which} is not null)",
    };

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})\\.(?<which>best|latest)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
