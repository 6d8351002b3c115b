using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Trainyard.Service.Runs;

// An additional column of the run list: param.training.batchSize, metric.validation_loss. Sql: The value as jsonb, for the run with the alias r.
internal sealed partial record RunColumn(string Name, string Sql)
{
    public const int Maximum = 50;

    public const string Allowed = "param.<pointer with dots>, metric.<name>, metric.<name>.best or metric.<name>.latest, up to 50, separated by commas";

    public static RunColumn? Parse(string text)
    {
        if (SpecPath.Parse(text) is { } path)
        {
            return new RunColumn(text, path.Sql("r"));
        }

        // Without a suffix: the best value if the metric has one, else the latest.
        return Metric().Match(text) is { Success: true } match
            ? new RunColumn(
                text,
                $"(select to_jsonb({(match.Groups["which"].Value is { Length: > 0 } which ? $"m.{which}" : "coalesce(m.best, m.latest)")}) "
                + $"from metric_summaries m where m.run_id = r.id and m.metric = '{match.Groups["name"].Value}')")
            : null;
    }

    /// <summary>A value from JSON; arrays and objects as JSON text.</summary>
    public static JsonElement? Scalar(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.SerializeToElement(json),
            _ => document.RootElement.Clone(),
        };
    }

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})(\\.(?<which>best|latest))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}

// A parameter of specs in the run list: param.training.optimizer.learningRate, or param.model.blocks.*.filters for the list of the values of all items.
// Pointer: JSON pointer.
internal sealed partial record SpecPath(string Pointer)
{
    public const string Prefix = "param.";

    // The number of items in run_parameters.
    private const string Items = "[0 to 63]";

    /// <summary>Whether it addresses a single item of a list; such parameters are not in <c>run_parameters</c>.</summary>
    public bool IsItem => Pointer.Split('/').Any(segment => segment.Length > 0 && segment.All(char.IsAsciiDigit));

    public static SpecPath? Parse(string text) => Pattern().IsMatch(text) ? new SpecPath($"/{text[Prefix.Length..].Replace('.', '/')}") : null;

    // The value as jsonb; null if there is none. The pattern of names makes quoting unnecessary.
    public string Sql(string table) => Pointer.Contains('*', StringComparison.Ordinal)
        ? $"nullif(jsonb_path_query_array({table}.spec, '${string.Concat(Pointer.Split('/').Skip(1).Select(segment => segment == "*" ? Items : $".\"{segment}\""))} ? (@ != null)'), '[]')"
        : $"nullif({table}.spec #> '{{{Pointer[1..].Replace('/', ',')}}}', 'null')";

    [GeneratedRegex("^param(\\.([A-Za-z0-9_-]{1,64}|\\*)){1,8}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

/// <summary>The ids of parameters in <c>spec_pointers</c>. Ids never change and are cached.</summary>
internal sealed class SpecPointers(NpgsqlDataSource dataSource)
{
    private readonly ConcurrentDictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>The id of a pointer; 0 if no run has had the parameter.</summary>
    public async Task<int> FindAsync(string pointer, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(pointer, out var id))
        {
            return id;
        }

        await using var command = dataSource.CreateCommand("select id from spec_pointers where pointer = $1");
        command.Parameters.Add(new() { Value = pointer });
        return await command.ExecuteScalarAsync(cancellationToken) is int found ? known.GetOrAdd(pointer, found) : 0;
    }
}
