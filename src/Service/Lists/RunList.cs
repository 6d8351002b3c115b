using System.Globalization;
using System.Text.Json;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Lists;

/// <summary>
/// Reads parts of the list of runs. First the ids in order, from the index that has the order, then what is shown of them: the cost of a part
/// does not depend on how far down the list it is. Runs without the value that the list is sorted by are read when the others are used up.
/// </summary>
internal sealed class RunList(NpgsqlDataSource dataSource, RunReader reader)
{
    /// <summary>Where counting ends.</summary>
    public const int MaximumTotal = 100_001;

    /// <summary>A part of the list.</summary>
    public async Task<RunPage> ReadAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var keys = new List<RunCursor>();
        if (filter.Sort.Key is null || filter.After is null or { Key: not null })
        {
            await AddAsync(keys, Statement(filter, hasValue: true, filter.Limit + 1), cancellationToken);
        }

        if (filter.Sort.Absent is not null && keys.Count <= filter.Limit)
        {
            await AddAsync(keys, Statement(filter, hasValue: false, filter.Limit + 1 - keys.Count), cancellationToken);
        }

        var next = keys.Count > filter.Limit ? (keys[filter.Limit - 1] with { Sort = filter.Sort.Name }).Write(filter.Sort) : null;
        var ids = keys.Take(filter.Limit).Select(key => key.Id).ToList();
        var summaries = (await reader.SummariesAsync(ids, cancellationToken)).ToDictionary(summary => summary.Id);
        var values = filter.Columns.Count > 0 ? await ValuesAsync(ids, filter.Columns, cancellationToken) : [];
        return new RunPage
        {
            // A run that was deleted between the statements is left out.
            Items = [.. ids.Where(summaries.ContainsKey).Select(id => summaries[id] with { Values = values.GetValueOrDefault(id) })],
            Next = next,
            Total = filter.Count ? await CountAsync(filter, cancellationToken) : null,
        };
    }

    /// <summary>The statement that reads ids in order: of runs that have a value to sort by, or of the others.</summary>
    internal NpgsqlCommand Statement(RunFilter filter, bool hasValue, int limit)
    {
        var sort = filter.Sort;
        var command = dataSource.CreateCommand();
        var conditions = Conditions(command, filter);
        var (key, id, order) = hasValue && sort.Key is not null ? (sort.Key, sort.Id, sort.Descending ? "desc" : "asc") : (null, "r.id", hasValue && !sort.Descending ? "asc" : "desc");
        if ((hasValue ? sort.Present : sort.Absent) is { } which)
        {
            conditions.Add(which);
        }

        if (filter.After is { } after && hasValue == (sort.Key is null || after.Key is not null))
        {
            var compare = order == "asc" ? ">" : "<";
            conditions.Add(key is null ? $"{id} {compare} {Parameter(command, after.Id)}" : $"({key}, {id}) {compare} ({Parameter(command, after.Key!)}::text::{sort.KeyType}, {Parameter(command, after.Id)})");
        }

        command.CommandText =
            $"""
            select {id}, {(key is null ? "null" : $"({key})::text")} from {(hasValue ? sort.From : "runs r")}
            where {string.Join(" and ", conditions.DefaultIfEmpty("true"))}
            order by {(key is null ? "" : $"{key} {order}, ")}{id} {order} limit {limit.ToString(CultureInfo.InvariantCulture)}
            """;
        return command;
    }

    private static List<string> Conditions(NpgsqlCommand command, RunFilter filter)
    {
        List<string> conditions = [];
        if (filter.States.Count > 0)
        {
            var words = filter.States.Select(state => state.Word()).ToArray();
            conditions.Add(words.Length == 1 ? $"r.state = {Parameter(command, words[0])}" : $"r.state = any ({Parameter(command, words)})");
        }

        if (filter.Experiment is { } experiment)
        {
            conditions.Add($"r.experiment = {Parameter(command, experiment)}");
        }

        if (filter.Tag is { } tag)
        {
            conditions.Add($"r.tags @> array[{Parameter(command, tag)}]");
        }

        if (filter.Query.Count > 0)
        {
            // Words are free of quotes and operators; each is the beginning of a word of the run.
            conditions.Add($"r.search @@ to_tsquery('simple', {Parameter(command, string.Join(" & ", filter.Query.Select(word => $"'{word}':*")))})");
        }

        return conditions;
    }

    private static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new() { Value = value });
        return $"${command.Parameters.Count}";
    }

    private static async Task AddAsync(List<RunCursor> keys, NpgsqlCommand statement, CancellationToken cancellationToken)
    {
        await using var command = statement;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(new RunCursor("", rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetGuid(0)));
        }
    }

    private async Task<int> CountAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand();
        var conditions = Conditions(command, filter);
        command.CommandText = $"select count(*)::int from (select from runs r where {string.Join(" and ", conditions.DefaultIfEmpty("true"))} limit {MaximumTotal}) as fitting";
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<Dictionary<Guid, IReadOnlyDictionary<string, JsonElement?>>> ValuesAsync(
        List<Guid> ids, IReadOnlyList<RunColumn> columns, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"select r.id, {string.Join(", ", columns.Select(column => $"({column.Sql})::text"))} from runs r where r.id = any ($1)");
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var values = new Dictionary<Guid, IReadOnlyDictionary<string, JsonElement?>>();
        while (await rows.ReadAsync(cancellationToken))
        {
            values[rows.GetGuid(0)] = Enumerable.Range(0, columns.Count)
                .ToDictionary(i => columns[i].Name, i => rows.IsDBNull(i + 1) ? null : Scalar(rows.GetString(i + 1)), StringComparer.Ordinal);
        }

        return values;
    }

    // A list or a group is shown as its JSON text.
    private static JsonElement? Scalar(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.SerializeToElement(json),
            _ => document.RootElement.Clone(),
        };
    }
}
