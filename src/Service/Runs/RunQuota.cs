using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Access;

namespace Trainyard.Service.Runs;

// Limits of what the runs of a person take up. Who queues a run takes the lock, makes the change, and commits it only if no limit is exceeded after it: so the
// state of the run and a repeated Idempotency-Key are judged first.
internal sealed class RunQuota(IOptions<LimitOptions> options)
{
    // First key of the advisory locks; the second is the person's.
    private const int LockClass = 7_239_461;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(60);

    private readonly LimitOptions limits = options.Value;

    private bool Applies => limits.QueuedRuns > 0 || limits.StoredBytes > 0;

    /// <summary>Waits for other changes for this person, until the transaction ends.</summary>
    public async Task LockAsync(NpgsqlTransaction transaction, string? owner, CancellationToken cancellationToken)
    {
        if (Applies)
        {
            await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1, hashtext(coalesce($2, '')))", transaction.Connection, transaction);
            command.Parameters.Add(new() { Value = LockClass });
            command.Parameters.Add(new() { Value = (object?)owner ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Does so for the owner of a run, and returns the owner; null where none applies.</summary>
    public async Task<string?> LockOwnerAsync(NpgsqlTransaction transaction, Guid run, CancellationToken cancellationToken)
    {
        if (!Applies)
        {
            return null;
        }

        await using var command = new NpgsqlCommand("select created_by from runs where id = $1", transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = run });
        var owner = await command.ExecuteScalarAsync(cancellationToken) as string;
        await LockAsync(transaction, owner, cancellationToken);
        return owner;
    }

    /// <summary>The limit that is exceeded now; null if none is. Indexes: runs_queued_by_owner, runs_stored_by_owner.</summary>
    public async Task<ReachedLimit?> FindExceededAsync(NpgsqlTransaction transaction, string? owner, CancellationToken cancellationToken)
    {
        if (!Applies)
        {
            return null;
        }

        var whose = owner is null ? "created_by is null" : "created_by = $1";
        var queued = limits.QueuedRuns > 0 ? $"(select count(*) from runs where state = 'queued' and {whose})" : "0::bigint";
        var stored = limits.StoredBytes > 0 ? $"(select coalesce(sum(stored_bytes), 0)::bigint from runs where stored_bytes > 0 and {whose})" : "0::bigint";
        await using var command = new NpgsqlCommand($"select {queued}, {stored}", transaction.Connection, transaction);
        if (owner is not null)
        {
            command.Parameters.Add(new() { Value = owner });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (runs, bytes) = (reader.GetInt64(0), reader.GetInt64(1));
        return limits.QueuedRuns is > 0 and var maximumRuns && runs > maximumRuns
                ? new ReachedLimit { Setting = nameof(LimitOptions.QueuedRuns), Value = maximumRuns, Use = runs - 1, RetryAfter = RetryAfter }
            : limits.StoredBytes is > 0 and var maximumBytes && bytes >= maximumBytes
                ? new ReachedLimit { Setting = nameof(LimitOptions.StoredBytes), Value = maximumBytes, Use = bytes, RetryAfter = RetryAfter }
            : null;
    }
}
