using System.Text.RegularExpressions;

namespace Trainyard.Service.Runs;

/// <summary>A value that a list shows beside each run: <c>param.training.batchSize</c>, <c>metric.validation_loss</c>.</summary>
/// <param name="Name">As it was asked for.</param>
/// <param name="Sql">The value as jsonb, for the run of the alias r.</param>
internal sealed partial record RunColumn(string Name, string Sql)
{
    /// <summary>Columns of one list at most.</summary>
    public const int Maximum = 50;

    /// <summary>What a column may look like, for people.</summary>
    public const string Allowed = "param.<pointer with dots>, metric.<name>, metric.<name>.best or metric.<name>.latest, up to 50 with commas between";

    /// <summary>Reads a name; null: it is no column.</summary>
    public static RunColumn? Parse(string text)
    {
        if (SpecPath.Parse(text) is { } path)
        {
            return new RunColumn(text, path.Sql("r"));
        }

        // Without a word after it: the best value where the metric has one, else the latest.
        return Metric().Match(text) is { Success: true } match
            ? new RunColumn(
                text,
                $"(select to_jsonb({(match.Groups["which"].Value is { Length: > 0 } which ? $"m.{which}" : "coalesce(m.best, m.latest)")}) "
                + $"from metric_summaries m where m.run_id = r.id and m.metric = '{match.Groups["name"].Value}')")
            : null;
    }

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})(\\.(?<which>best|latest))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
