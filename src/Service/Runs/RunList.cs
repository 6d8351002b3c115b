using System.Text.Json;
using Npgsql;

namespace Trainyard.Service.Runs;

// Reads pages of the run list: first the ids in order, then the rows. Runs without a value for the sort order follow after the others. RunListSql explains why
// each statement is fast.
internal sealed class RunList(NpgsqlDataSource dataSource, RunReader reader, SpecPointers pointers)
{
    public const int MaximumTotal = 100_001;

    public async Task<RunPage> ReadAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var sort = filter.Sort.Pointer is { } pointer ? filter.Sort.Indexed(await pointers.FindAsync(pointer, cancellationToken)) : filter.Sort;
        filter = filter with { Sort = sort };
        var sql = await RunListSql.CountedAsync(dataSource, filter, cancellationToken);
        var (keys, total) = await KeysAsync(sql, filter, filter.Limit + 1, cancellationToken);
        var next = keys.Count > filter.Limit ? (keys[filter.Limit - 1] with { Sort = filter.Sort.Name }).Write(filter.Sort) : null;
        var ids = keys.Take(filter.Limit).Select(key => key.Id).ToList();
        var summaries = (await reader.SummariesAsync(ids, cancellationToken)).ToDictionary(summary => summary.Id);
        var values = filter.Columns.Count > 0 ? await ValuesAsync(ids, filter.Columns, cancellationToken) : [];
        return new RunPage
        {
            // Without runs that were deleted between the statements.
            Items = [.. ids.Where(summaries.ContainsKey).Select(id => summaries[id] with { Values = values.GetValueOrDefault(id) })],
            Next = next,
            Total = !filter.Count ? null : total ?? await CountAsync(sql, cancellationToken),
        };
    }

    // And the number of matching runs, where all of them were read.
    private async Task<(List<RunCursor> Keys, int? Total)> KeysAsync(RunListSql sql, RunFilter filter, int count, CancellationToken cancellationToken)
    {
        var sort = filter.Sort;
        var isAmongValues = sort.Value is null || filter.After is null or { Key: not null };
        // By id, other conditions than an expression have indexes with that order.
        if (filter.IsRestrictive && isAmongValues && sql.CanFollow && !sql.AreFew && (sort.Value is not null || filter.Where is not null)
            && await NextAsync(sql, count, cancellationToken) is { } next)
        {
            return (next, null);
        }

        Guid[]? few = null;
        if (filter.IsRestrictive)
        {
            var matches = await ReadAsync(sql.Matches(), cancellationToken);
            few = matches.Count <= RunListSql.Few ? [.. matches.Select(key => key.Id)] : null;
        }

        if (few is { Length: 0 } || (few is not null && sort.Value is null))
        {
            return (ById(few, filter, count), few.Length);
        }

        if (sort.Value is null)
        {
            return (await ReadAsync(sql.ById(count), cancellationToken), null);
        }

        var keys = !isAmongValues ? []
            : await ReadAsync(few is not null ? sql.OfFew(few, hasValue: true, count) : filter.IsRestrictive ? sql.OfMany(count) : sql.InOrder(count), cancellationToken);
        return (keys.Count < count && sort.Optional
            ? [.. keys, .. await ReadAsync(few is null ? sql.WithoutValue(count - keys.Count) : sql.OfFew(few, hasValue: false, count - keys.Count), cancellationToken)]
            : keys, few?.Length);
    }

    // The order of Guid is that of the database.
    private static List<RunCursor> ById(Guid[] few, RunFilter filter, int count)
    {
        var isDescending = filter.Sort.Descending;
        var after = filter.After is { Id: var last } ? few.Where(id => isDescending ? id < last : id > last) : few;
        return [.. (isDescending ? after.OrderDescending() : after.Order()).Take(count).Select(id => new RunCursor("", null, id))];
    }

    // A whole page from the next runs of the order; null: too few of them match.
    private async Task<List<RunCursor>?> NextAsync(RunListSql sql, int count, CancellationToken cancellationToken)
    {
        foreach (var window in RunListSql.Windows)
        {
            var keys = await ReadAsync(sql.Next(window, count), cancellationToken);
            if (keys.Count == count)
            {
                return keys;
            }

            if (keys.Count * 5 < count)
            {
                break;
            }
        }

        return null;
    }

    private async Task<List<RunCursor>> ReadAsync(NpgsqlCommand statement, CancellationToken cancellationToken)
    {
        await using var command = statement;
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

    private async Task<int> CountAsync(RunListSql sql, CancellationToken cancellationToken)
    {
        await using var command = sql.Count(MaximumTotal);
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
                .ToDictionary(i => columns[i].Name, i => rows.IsDBNull(i + 1) ? null : RunColumn.Scalar(rows.GetString(i + 1)), StringComparer.Ordinal);
        }

        return values;
    }
}
