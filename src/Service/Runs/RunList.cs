using System.Text.Json;
using Npgsql;

namespace Trainyard.Service.Runs;

/// <summary>
/// Reads parts of the list of runs: first the ids in order, then what is shown of them. Runs without the value that the list is sorted by are read
/// when the others are used up. <see cref="RunListSql"/> says why each statement is fast.
/// </summary>
internal sealed class RunList(NpgsqlDataSource dataSource, RunReader reader, SpecPointers pointers)
{
    /// <summary>Where counting ends.</summary>
    public const int MaximumTotal = 100_001;

    /// <summary>Told of each statement that looks for ids; for tests.</summary>
    internal Action<NpgsqlCommand>? Looking { get; set; }

    /// <summary>A part of the list.</summary>
    public async Task<RunPage> ReadAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(filter, filter.Limit + 1, cancellationToken);
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

    private async Task<List<RunCursor>> KeysAsync(RunFilter filter, int wanted, CancellationToken cancellationToken)
    {
        var sort = filter.Sort.Pointer is { } pointer ? filter.Sort.Indexed(await pointers.FindAsync(pointer, cancellationToken)) : filter.Sort;
        var sql = new RunListSql(filter with { Sort = sort });
        Guid[]? few = null;
        if (filter.Narrows)
        {
            var chosen = await ReadAsync(sql.Chosen(), cancellationToken);
            if (chosen.Count == 0)
            {
                return chosen;
            }

            few = chosen.Count <= RunListSql.Few ? [.. chosen.Select(key => key.Id)] : null;
        }

        if (sort.Value is null)
        {
            return await ReadAsync(few is null ? sql.ByAge(wanted) : sql.OfFew(few, hasValue: false, wanted), cancellationToken);
        }

        List<RunCursor> keys = [];
        if (filter.After is null or { Key: not null })
        {
            keys = await ReadAsync(few is null ? sql.Walk(wanted) : sql.OfFew(few, hasValue: true, wanted), cancellationToken);
            if (few is null && filter.Narrows && keys.Count < wanted)
            {
                keys = await ReadAsync(sql.OfMany(wanted), cancellationToken);
            }
        }

        return keys.Count < wanted && sort.Optional
            ? [.. keys, .. await ReadAsync(few is null ? sql.WithoutValue(wanted - keys.Count) : sql.OfFew(few, hasValue: false, wanted - keys.Count), cancellationToken)]
            : keys;
    }

    private async Task<List<RunCursor>> ReadAsync(NpgsqlCommand statement, CancellationToken cancellationToken)
    {
        await using var command = statement;
        Looking?.Invoke(command);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<RunCursor> keys = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(new RunCursor("", rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetGuid(0)));
        }

        return keys;
    }

    private async Task<int> CountAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new RunListSql(filter).Count(MaximumTotal);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
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
