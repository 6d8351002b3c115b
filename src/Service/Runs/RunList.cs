using System.Text.Json;
using Npgsql;

namespace Trainyard.Service.Runs;

// Reads pages of the run list: first the ids in order, then the rows. Runs without a value for the sort order follow after the others. RunListSql explains why
// each statement is fast.
internal sealed class RunList(NpgsqlDataSource dataSource, RunReader reader, SpecPointers pointers)
{
    /// <summary>Matching runs are counted up to this number.</summary>
    public const int MaximumCount = 100_001;

    // Shares of the order that match: a page is full after 800 runs, or 4,000, as long as it has 200.
    private const double ManyMatch = 0.25;
    private const double SomeMatch = 0.05;

    public async Task<RunPage> ReadAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var sort = filter.Sort.Pointer is { } pointer ? filter.Sort.Indexed(await pointers.FindAsync(pointer, cancellationToken)) : filter.Sort;
        filter = filter with { Sort = sort };
        var keys = await KeysAsync(filter, filter.Limit + 1, cancellationToken);
        var next = keys.Count > filter.Limit ? (keys[filter.Limit - 1] with { Sort = filter.Sort.Name }).Write(filter.Sort) : null;
        var ids = keys.Take(filter.Limit).Select(key => key.Id).ToList();
        var summaries = (await reader.SummariesAsync(ids, cancellationToken)).ToDictionary(summary => summary.Id);
        var values = filter.Columns.Count > 0 ? await ValuesAsync(ids, filter.Columns, cancellationToken) : [];
        return new RunPage
        {
            // Without runs that were deleted between the statements.
            Items = [.. ids.Where(summaries.ContainsKey).Select(id => summaries[id] with { Values = values.GetValueOrDefault(id) })],
            Next = next,
        };
    }

    /// <summary>The number of matching runs, up to <see cref="MaximumCount"/>.</summary>
    public async Task<int> CountAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var sql = await RunListSql.CountedAsync(dataSource, filter, cancellationToken);
        await using var command = sql.Count(MaximumCount);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<List<RunCursor>> KeysAsync(RunFilter filter, int count, CancellationToken cancellationToken)
    {
        var (sort, sql) = (filter.Sort, new RunListSql(filter));
        var isAmongValues = sort.Value is null || filter.After is null or { Key: not null };
        if (!filter.IsRestrictive)
        {
            return sort.Value is null ? await ReadAsync(sql.ById(count), cancellationToken)
                : await CompleteAsync(isAmongValues ? await ReadAsync(sql.InOrder(count), cancellationToken) : [], sql.WithoutValue);
        }

        // The share of the next runs of the order that match says whether following it fills the page soon; none is known at its end.
        var canFollow = isAmongValues && sql.CanFollow;
        var seen = canFollow ? await ReadAsync(sql.Next(sql.FirstLook, count), cancellationToken) : [];
        if (seen.Count == count)
        {
            return seen;
        }

        var share = (double)seen.Count / sql.FirstLook;
        if (share >= ManyMatch && await FollowAsync() is { } soon)
        {
            return soon;
        }

        // By id, a state and an experiment have indexes with that order.
        sql = await RunListSql.CountedAsync(dataSource, sort.Value is null && filter.Where is null ? filter : filter.AsExpression(), cancellationToken);
        if (!sql.AreFew)
        {
            if (sql.CanWalk)
            {
                return await CompleteAsync(isAmongValues ? await ReadAsync(sql.Walk(count), cancellationToken) : [], sql.WithoutValue);
            }

            if (share is >= SomeMatch and < ManyMatch && await FollowAsync() is { } later)
            {
                return later;
            }
        }

        Guid[] matches = [.. (await ReadAsync(sql.Matches(), cancellationToken)).Select(key => key.Id)];
        if (matches.Length <= RunListSql.Many && (sort.Value is null || matches.Length == 0))
        {
            return ById(matches, filter, count);
        }

        if (sort.Value is null)
        {
            return await ReadAsync(sql.ById(count), cancellationToken);
        }

        if (matches.Length > RunListSql.Many)
        {
            return await CompleteAsync(isAmongValues ? await ReadAsync(sql.OfMany(count), cancellationToken) : [], sql.WithoutValue);
        }

        return await CompleteAsync(
            !isAmongValues ? []
            : await ReadAsync(matches.Length > RunListSql.Few && sort.IsIndexed ? sql.Walk(matches, count) : sql.OfFew(matches, hasValue: true, count), cancellationToken),
            left => sql.OfFew(matches, hasValue: false, left));

        async Task<List<RunCursor>?> FollowAsync() => await ReadAsync(sql.Next(RunListSql.Window, count), cancellationToken) is var next && next.Count == count ? next : null;

        // Runs without a value follow after the others.
        async Task<List<RunCursor>> CompleteAsync(List<RunCursor> keys, Func<int, NpgsqlCommand> withoutValue) => keys.Count == count || !sort.Optional ? keys
            : [.. keys, .. await ReadAsync(withoutValue(count - keys.Count), cancellationToken)];
    }

    // The order of Guid is that of the database.
    private static List<RunCursor> ById(Guid[] few, RunFilter filter, int count)
    {
        var isDescending = filter.Sort.Descending;
        var after = filter.After is { Id: var last } ? few.Where(id => isDescending ? id < last : id > last) : few;
        return [.. (isDescending ? after.OrderDescending() : after.Order()).Take(count).Select(id => new RunCursor("", null, id))];
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
