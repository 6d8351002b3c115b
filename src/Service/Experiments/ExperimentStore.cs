using Npgsql;
using NpgsqlTypes;

namespace Trainyard.Service.Experiments;

// Reads and changes experiments. An experiment is the text that its runs have; a row of its own holds the description.
internal sealed class ExperimentStore(NpgsqlDataSource dataSource)
{
    // Counts from runs_by_experiment alone; the latest run of each by the same index. uuid has no max.
    private const string List =
        """
        with counted as materialized (
            select experiment, count(*)::int as runs from runs where archived_at is null and ($3::text is null or experiment ilike $3) group by experiment
        )
        select experiment, coalesce(description, ''), runs, latest.id from counted
        cross join lateral (select id from runs where runs.experiment = counted.experiment and archived_at is null order by id desc limit 1) as latest
        left join experiments on experiments.name = counted.experiment
        where $1::uuid is null or latest.id < $1 order by latest.id desc limit $2
        """;

    // Whose runs it has, archived ones too. $2: the caller; null: may change all.
    private const string Owned = "select count(*)::int, count(*) filter (where not $2 and created_by is distinct from $3)::int from runs where experiment = $1";

    private const string Notified = "returning pg_notify('trainyard_runs', id || ':' || last_seq)::text";

    public async Task<ExperimentPage> ReadAsync(Guid? after, int limit, string? search, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(List);
        command.Parameters.Add(new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = limit + 1 });
        command.Parameters.Add(new() { Value = search is null ? DBNull.Value : $"%{Escape(search)}%", NpgsqlDbType = NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<ExperimentEntry> experiments = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            experiments.Add(new ExperimentEntry { Name = rows.GetString(0), Description = rows.GetString(1), Runs = rows.GetInt32(2), LatestRun = rows.GetGuid(3) });
        }

        return new ExperimentPage
        {
            Items = experiments.Count > limit ? experiments[..limit] : experiments,
            Next = experiments.Count > limit ? experiments[limit - 1].LatestRun : null,
        };
    }

    // How many runs the experiment has, and how many of them the caller may not change. mayChangeAll: an administrator.
    public async Task<(int Runs, int Foreign)> OwnersAsync(string name, bool mayChangeAll, string? caller, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Owned);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = mayChangeAll });
        command.Parameters.Add(new() { Value = (object?)caller ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetInt32(0), rows.GetInt32(1));
    }

    public Task DescribeAsync(string name, string description, CancellationToken cancellationToken) => description.Length == 0
        ? ExecuteAsync("delete from experiments where name = $1", cancellationToken, name)
        : ExecuteAsync(
            "insert into experiments (name, description) values ($1, $2) on conflict (name) do update set description = excluded.description, updated_at = now()",
            cancellationToken, name, description);

    /// <summary>Gives all runs of an experiment, archived ones too, another one; false if that has runs already.</summary>
    public async Task<bool> RenameAsync(string name, string to, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One rename at a time, so that two of them do not meet in one name.
        await ExecuteAsync(connection, transaction, "select pg_advisory_xact_lock(hashtext('trainyard experiments'))", cancellationToken);
        await using (var taken = new NpgsqlCommand("select exists (select from runs where experiment = $1)", connection, transaction))
        {
            taken.Parameters.Add(new() { Value = to });
            if ((bool)(await taken.ExecuteScalarAsync(cancellationToken))!)
            {
                return false;
            }
        }

        await ExecuteAsync(connection, transaction, $"update runs set experiment = $2, updated_at = greatest(updated_at, now()) where experiment = $1 {Notified}", cancellationToken, name, to);
        // A description may be left of runs that were deleted since.
        await ExecuteAsync(connection, transaction, "delete from experiments where name = $1", cancellationToken, to);
        await ExecuteAsync(connection, transaction, "update experiments set name = $2, updated_at = now() where name = $1", cancellationToken, name, to);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<ArchivedRuns> ArchiveAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"update runs set archived_at = now(), updated_at = greatest(updated_at, now()) where experiment = $1 and archived_at is null {Notified}, archived_at");
        command.Parameters.Add(new() { Value = name });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var (count, at) = (0, (DateTimeOffset?)null);
        while (await rows.ReadAsync(cancellationToken))
        {
            (count, at) = (count + 1, rows.GetFieldValue<DateTimeOffset>(1));
        }

        return new ArchivedRuns { Runs = count, ArchivedAt = at };
    }

    /// <summary>Restores the runs that were archived at a time, or all of them.</summary>
    public async Task<ArchivedRuns> RestoreAsync(string name, DateTimeOffset? archivedAt, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"update runs set archived_at = null, updated_at = greatest(updated_at, now()) where experiment = $1 and archived_at is not null and ($2::timestamptz is null or archived_at = $2) {Notified}");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = (object?)archivedAt?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            count++;
        }

        return new ArchivedRuns { Runs = count, ArchivedAt = null };
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, null, sql, cancellationToken, values);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter { Value = value }));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
