using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Trainyard.Service.Runs;

/// <summary>Runs grouped by the values of some settings.</summary>
public sealed record SettingGroups
{
    /// <summary>Groups, the best by the first metric first; at most 200.</summary>
    public required IReadOnlyList<SettingGroup> Items { get; init; }

    /// <summary>Number of groups.</summary>
    public required int Total { get; init; }
}

/// <summary>Runs with equal values of some settings.</summary>
public sealed record SettingGroup
{
    /// <summary>Values by setting; null for runs without it.</summary>
    public required IReadOnlyDictionary<string, JsonElement?> Values { get; init; }

    /// <summary>Number of runs.</summary>
    public required int Runs { get; init; }

    /// <summary>Metrics by name.</summary>
    public required IReadOnlyDictionary<string, GroupedMetric> Metrics { get; init; }

    /// <summary>The latest run of the group: an example of its settings. Null if it was deleted meanwhile.</summary>
    public required GroupedRun? Latest { get; init; }
}

/// <summary>A run of a group.</summary>
public sealed record GroupedRun
{
    /// <summary>Run id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Preset, or kind of network.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Learning rate.</summary>
    public required double LearningRate { get; init; }
}

/// <summary>A metric over the runs of a group.</summary>
public sealed record GroupedMetric
{
    /// <summary>Number of runs with the metric.</summary>
    public required int Runs { get; init; }

    /// <summary>Mean; null without runs.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation of the sample, with n - 1; null for fewer than two runs.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>Lowest value.</summary>
    public required double? Minimum { get; init; }

    /// <summary>Highest value.</summary>
    public required double? Maximum { get; init; }
}

// A setting to group by. Pointer: JSON pointer; null for a column of runs.
internal sealed record GroupKey(string Name, string? Pointer)
{
    public const int Maximum = 4;

    public const string Allowed =
        "setting (all that training depends on, except the seed), experiment, or param.<pointer with dots>, up to 4, separated by commas";

    public static GroupKey? Parse(string text) =>
        text is "setting" or "experiment" ? new GroupKey(text, null) : SpecPath.Parse(text) is { IsItem: false } path ? new GroupKey(text, path.Pointer) : null;
}

// A metric of groups: metric.validation_accuracy.best, or elapsed.
internal sealed partial record GroupMetric(string Name, string? Metric, string Which)
{
    public const int Maximum = 6;

    public const string Allowed = "metric.<name>.best, metric.<name>.latest or elapsed, up to 6, separated by commas";

    public const string Default = "metric.validation_accuracy.best";

    /// <summary>Whether a lower value is better.</summary>
    public bool Falls => Metric is null || Metric.EndsWith("_loss", StringComparison.Ordinal);

    public static GroupMetric? Parse(string text) =>
        text == "elapsed" ? new GroupMetric(text, null, "elapsed_seconds")
        : Pattern().Match(text) is { Success: true } match ? new GroupMetric(text, match.Groups["name"].Value, match.Groups["which"].Value)
        : null;

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})\\.(?<which>best|latest)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

internal sealed class SettingGroupReader(NpgsqlDataSource dataSource)
{
    private const int MaximumGroups = 200;

    // Each table is read once, by its index, and joined by hashing: a nested loop over a wrong estimate would take minutes. 100,000 runs are hashed in 7 MB a join.
    private const string Settings = "set local enable_nestloop = off; set local work_mem = '32MB'";

    public async Task<SettingGroups> ReadAsync(RunFilter filter, IReadOnlyList<GroupKey> keys, IReadOnlyList<GroupMetric> metrics, CancellationToken cancellationToken)
    {
        var matching = await RunListSql.CountedAsync(dataSource, filter, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var setting = new NpgsqlCommand(Settings, connection, transaction))
        {
            await setting.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand { Connection = connection, Transaction = transaction };
        command.CommandText = Sql(command, matching, filter.IsRestrictive, keys, metrics);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<SettingGroup> groups = [];
        List<Guid> latest = [];
        var total = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            total = rows.GetInt32(0);
            groups.Add(Read(rows, keys, metrics));
            latest.Add(rows.GetGuid(rows.FieldCount - 1));
        }

        await rows.CloseAsync();
        var runs = await RunsAsync(connection, latest, cancellationToken);
        return new SettingGroups { Items = [.. groups.Zip(latest, (group, id) => group with { Latest = runs.GetValueOrDefault(id) })], Total = total };
    }

    private static async Task<Dictionary<Guid, GroupedRun>> RunsAsync(NpgsqlConnection connection, List<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select id, name, spec #>> '{data,dataset,name}', coalesce(spec #>> '{model,preset,name}', spec #>> '{model,kind}'),
                spec #>> '{training,optimizer,name}', (spec #>> '{training,optimizer,learningRate}')::float8
            from runs where id = any ($1)
            """,
            connection);
        command.Parameters.Add(new() { Value = ids });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<Guid, GroupedRun> runs = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            runs.Add(rows.GetGuid(0), new GroupedRun
            {
                Id = rows.GetGuid(0),
                Name = rows.GetString(1),
                Dataset = rows.GetString(2),
                Model = rows.GetString(3),
                Optimizer = rows.GetString(4),
                LearningRate = rows.GetDouble(5),
            });
        }

        return runs;
    }

    private static string Sql(NpgsqlCommand command, RunListSql runs, bool isRestrictive, IReadOnlyList<GroupKey> keys, IReadOnlyList<GroupMetric> metrics)
    {
        // An index has these columns, and is read instead of the rows of runs.
        List<string> columns = [.. keys.Where(key => key.Pointer is null).Select(key => key.Name), .. metrics.Where(metric => metric.Metric is null).Select(metric => metric.Which)];
        var startsWithParameter = columns.Count == 0 && !isRestrictive;
        var matching = startsWithParameter ? "" : runs.Matching(command, columns);
        var (values, joins) = (new List<string>(), new List<string>());
        foreach (var (index, key) in keys.Index())
        {
            if (key.Pointer is null)
            {
                values.Add($"r.{key.Name}");
                continue;
            }

            command.Parameters.Add(new() { Value = key.Pointer });
            var id = $"(select id from spec_pointers where pointer = ${command.Parameters.Count.ToString(CultureInfo.InvariantCulture)})";
            if (index == 0 && startsWithParameter)
            {
                matching = OfAll(id);
                values.Add("r.value");
            }
            else
            {
                joins.Add($"left join run_parameters {Place('p', index)} on {Place('p', index)}.run_id = r.id and {Place('p', index)}.parameter = {id}");
                values.Add($"{Place('p', index)}.value");
            }
        }

        List<string> figures = [];
        foreach (var (index, metric) in metrics.Index())
        {
            // The pattern of names makes quoting unnecessary.
            var value = metric.Metric is null ? $"r.{metric.Which}" : $"{Place('m', index)}.{metric.Which}";
            figures.AddRange([$"count({value})::int", $"avg({value})", $"stddev_samp({value})", $"min({value})", $"max({value})"]);
            if (metric.Metric is { } name)
            {
                joins.Add($"left join metric_summaries {Place('m', index)} on {Place('m', index)}.run_id = r.id and {Place('m', index)}.metric = '{name}'");
            }
        }

        var numbers = string.Join(", ", Enumerable.Range(2, keys.Count));
        // The mean of the first metric, after the total, the values, the number of runs and the number of runs with the metric.
        var mean = (keys.Count + 4).ToString(CultureInfo.InvariantCulture);
        return $"""
            select count(*) over ()::int, {string.Join(", ", values.Select(value => $"to_jsonb({value})"))}, count(*)::int, {string.Join(", ", figures)}, (max(array[r.id]))[1]
            from ({matching}) as r {string.Join(' ', joins)}
            group by {string.Join(", ", values)}
            order by {mean} {(metrics[0].Falls ? "asc" : "desc")} nulls last, {numbers} limit {MaximumGroups.ToString(CultureInfo.InvariantCulture)}
            """;
    }

    // A parameter of all runs, which spares a join with them. Those without it have one of the shapes that lack it.
    private static string OfAll(string parameter) =>
        $"""
        select own.run_id as id, own.value
        from (
            select run_id, value from run_parameters where parameter = {parameter}
            union all
            select run_id, null from run_parameters
                where parameter = 0 and value = any (array(select to_jsonb(id) from spec_shapes where not parameters @> array[{parameter}]))) as own
        where {RunListSql.NotArchived("own.run_id")}
        """;

    private static string Place(char table, int index) => $"{table}{index.ToString(CultureInfo.InvariantCulture)}";

    private static SettingGroup Read(NpgsqlDataReader rows, IReadOnlyList<GroupKey> keys, IReadOnlyList<GroupMetric> metrics)
    {
        double? Number(int place) => rows.IsDBNull(place) ? null : rows.GetDouble(place);
        return new SettingGroup
        {
            Values = keys.Index().ToDictionary(key => key.Item.Name, key => rows.IsDBNull(key.Index + 1) ? null : RunColumn.Scalar(rows.GetString(key.Index + 1)), StringComparer.Ordinal),
            Runs = rows.GetInt32(keys.Count + 1),
            Metrics = metrics.Index().ToDictionary(
                metric => metric.Item.Name,
                metric =>
                {
                    var first = keys.Count + 2 + (5 * metric.Index);
                    return new GroupedMetric
                    {
                        Runs = rows.GetInt32(first),
                        Mean = Number(first + 1),
                        StandardDeviation = Number(first + 2),
                        Minimum = Number(first + 3),
                        Maximum = Number(first + 4),
                    };
                },
                StringComparer.Ordinal),
            Latest = null,
        };
    }
}
