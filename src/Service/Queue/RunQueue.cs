using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Access;
using Trainyard.Service.Store;

namespace Trainyard.Service.Queue;

/// <summary>The queue: claims, leases and ends of attempts. The runs table is the only state; this class holds none.</summary>
internal sealed class RunQueue(NpgsqlDataSource dataSource, IOptions<QueueOptions> options, IOptions<LimitOptions> limits, TimeProvider clock)
{
    private readonly QueueOptions options = options.Value;
    private readonly int runningRuns = limits.Value.RunningRuns ?? 0;

    /// <summary>How old the last heartbeat of a worker may be that counts as alive: heartbeats come every few seconds, and the database may be away for a while.</summary>
    public static TimeSpan AliveWithin { get; } = TimeSpan.FromSeconds(45);

    // Returns the claim; null when the run is not queued, not due, of another queue, or being claimed.
    public Task<RunClaim?> ClaimAsync(string worker, Guid runId, IReadOnlyList<string> queues, CancellationToken cancellationToken) =>
        ClaimAsync(QueueSql.Claim(runningRuns > 0), worker, [runId, queues.ToArray()], cancellationToken);

    /// <summary>Claims the oldest claimable run of the first of these queues that has one.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="queues">The queues.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="below">Only if its updates have fewer floating-point operations: otherwise none of its queue is claimed.</param>
    public async Task<RunClaim?> ClaimOldestAsync(string worker, IReadOnlyList<string> queues, CancellationToken cancellationToken, double? below = null)
    {
        foreach (var queue in queues)
        {
            var claimed = below is { } flops
                ? ClaimAsync(QueueSql.ClaimOldestBelow(runningRuns > 0), worker, [queue, flops], cancellationToken)
                : ClaimAsync(QueueSql.ClaimOldest(runningRuns > 0), worker, [queue], cancellationToken);
            if (await claimed is { } claim)
            {
                return claim;
            }
        }

        return null;
    }

    private async Task<RunClaim?> ClaimAsync(string sql, string worker, object[] which, CancellationToken cancellationToken)
    {
        var sentAt = clock.GetTimestamp();
        await using var batch = dataSource.CreateBatch();
        if (runningRuns > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(QueueSql.Lock) { Parameters = { new() { Value = QueueSql.ClaimLock } } });
        }

        var claim = new NpgsqlBatchCommand(sql);
        foreach (var value in (object[])[worker, options.Lease, runningRuns, .. which])
        {
            claim.Parameters.Add(new() { Value = value });
        }

        batch.BatchCommands.Add(claim);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (runningRuns > 0)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        return await reader.ReadAsync(cancellationToken)
            ? new RunClaim
            {
                RunId = reader.GetGuid(0),
                Attempt = reader.GetInt32(1),
                Worker = worker,
                Spec = reader.GetString(2),
                Weights = reader.IsDBNull(3) ? null : reader.GetString(3),
                KnownStep = reader.IsDBNull(5) ? null : reader.GetInt64(5),
                StepFlops = reader.GetDouble(6),
                SentAt = sentAt,
            }
            : null;
    }

    public async Task<LeaseRenewal> RenewAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Renew, claim.RunId, claim.Attempt, options.Lease);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Renewed(RunStates.Parse(reader.GetString(0)), reader.GetBoolean(1)) : new(Held: false);
    }

    /// <summary>A renewed lease, with what the run's row requests.</summary>
    public static LeaseRenewal Renewed(RunState state, bool cancelRequested) =>
        new(Held: true, cancelRequested ? StopRequest.Cancel : state == RunState.Pausing ? StopRequest.Pause : null);

    // Ends an attempt, if it still holds its run. Returns the run's new state; null when the attempt no longer holds the run and nothing was written.
    public async Task<RunState?> EndAsync(RunClaim claim, RunEnding ending, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.End, options.MaxAttempts, options.BackoffSeconds, claim.RunId, claim.Attempt, ending.State.ToWireName());
        command.Parameters.Add(new() { Value = (object?)ending.Reason?.ToJson() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = (object?)ending.Failure?.ToWireName() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = ending.Outcome });
        command.Parameters.Add(new() { Value = ending.CountsAsFailure });
        command.Parameters.Add(new() { Value = ending.Backoff });
        command.Parameters.Add(new() { Value = (object?)ending.StoredBytes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        return await ReadEndedAsync(command, cancellationToken) is [var (_, _, state)] ? state : null;
    }

    /// <summary>Takes back runs whose lease expired: they are queued again, or end.</summary>
    public async Task<IReadOnlyList<EndedAttempt>> TakeBackExpiredAsync(CancellationToken cancellationToken)
    {
        await using (var stalled = Command(QueueSql.EndStalledSessions, (double)StoreOptions.IdleInTransactionSeconds))
        {
            await stalled.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = Command(QueueSql.TakeBackExpired, options.MaxAttempts, options.BackoffSeconds);
        return await ReadEndedAsync(command, cancellationToken);
    }

    /// <summary>Takes back the runs of workers that are dead: they are queued again, or end.</summary>
    public async Task<IReadOnlyList<EndedAttempt>> TakeBackOfWorkersAsync(IEnumerable<string> workers, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.TakeBackOfWorkers, options.MaxAttempts, options.BackoffSeconds, workers.ToArray());
        return await ReadEndedAsync(command, cancellationToken);
    }

    public async Task<QueuePoll> PollAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Poll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetBoolean(0), reader.GetBoolean(1), reader.IsDBNull(2) ? null : TimeSpan.FromSeconds(reader.GetDouble(2)));
    }

    /// <summary>The queues that connected workers serve; of each why its runs are not claimed now, null if they are.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> ServedAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Served, AliveWithin);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var served = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            served[reader.GetString(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        }

        return served;
    }

    /// <summary>Bytes that a run of the largest connected worker of a queue may use; null when none has reported it.</summary>
    public async Task<long?> LargestMemoryAsync(string queue, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.LargestMemory, queue, AliveWithin);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>Runs of a queue that the connected workers can train at a time.</summary>
    public async Task<int> SlotsAsync(string queue, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Slots, queue, AliveWithin);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Claimable runs, oldest first.</summary>
    public async Task<IReadOnlyList<(Guid RunId, string Queue)>> ClaimableAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Claimable, limit, runningRuns);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<(Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return runs;
    }

    /// <summary>Waits for a lock among all processes; disposing of the result releases it.</summary>
    public async Task<IAsyncDisposable> LockAsync(long number, CancellationToken cancellationToken)
    {
        // Closing the connection rolls the transaction back, and with it the lock.
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(QueueSql.Lock, connection, transaction);
            command.Parameters.Add(new() { Value = number });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<List<EndedAttempt>> ReadEndedAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<EndedAttempt>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.Add(new(reader.GetGuid(0), reader.GetInt32(1), RunStates.Parse(reader.GetString(2))));
        }

        return ended;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}

/// <summary>Whether there are claimable runs and expired leases, and how long until there are; null: not foreseeable.</summary>
internal sealed record QueuePoll(bool Claimable, bool Expired, TimeSpan? NextIn);

/// <summary>An attempt that ended, and the new state of its run.</summary>
internal sealed record EndedAttempt(Guid RunId, int Attempt, RunState State);
