using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Store;

namespace Trainyard.Service.Queue;

/// <summary>The queue: claims, leases and endings of attempts. The runs table is the only state; this class holds none.</summary>
internal sealed class RunQueue(NpgsqlDataSource dataSource, IOptions<QueueOptions> options, TimeProvider clock)
{
    private readonly QueueOptions options = options.Value;

    /// <summary>Claims the oldest claimable run of a queue.</summary>
    /// <returns>The claim; null when there is nothing to claim.</returns>
    public Task<RunClaim?> ClaimNextAsync(string worker, string queue, CancellationToken cancellationToken) =>
        ClaimAsync(QueueSql.ClaimNext, worker, [new() { Value = queue }], cancellationToken);

    /// <summary>Claims one given run.</summary>
    /// <returns>The claim; null when the run is not queued, not due, of another queue, or just being claimed.</returns>
    public Task<RunClaim?> ClaimAsync(string worker, Guid runId, IReadOnlyList<string> queues, CancellationToken cancellationToken) =>
        ClaimAsync(QueueSql.ClaimOne, worker, [new() { Value = runId }, new() { Value = queues.ToArray() }], cancellationToken);

    /// <summary>Renews the lease of an attempt, and says what a person wants of the run meanwhile.</summary>
    public async Task<LeaseRenewal> RenewAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.Renew);
        command.Parameters.Add(new() { Value = claim.RunId });
        command.Parameters.Add(new() { Value = claim.Attempt });
        command.Parameters.Add(new() { Value = options.Lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return LeaseRenewal.Lost;
        }

        return reader.GetBoolean(1) ? LeaseRenewal.CancelRequested
            : reader.GetString(0) == RunState.Pausing.Word() ? LeaseRenewal.PauseRequested
            : LeaseRenewal.Held;
    }

    /// <summary>Ends an attempt, if it still holds its run.</summary>
    /// <returns>The run's new state; null when the attempt no longer holds the run and nothing was written.</returns>
    public async Task<RunState?> EndAsync(RunClaim claim, RunEnding ending, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.End);
        command.Parameters.Add(new() { Value = claim.RunId });
        command.Parameters.Add(new() { Value = claim.Attempt });
        command.Parameters.Add(new() { Value = ending.State.Word() });
        command.Parameters.Add(Nullable(ending.Reason?.ToJson(), NpgsqlDbType.Jsonb));
        command.Parameters.Add(Nullable(ending.Failure is { } failure ? QueueSql.Word(failure) : null, NpgsqlDbType.Text));
        command.Parameters.Add(new() { Value = ending.Outcome });
        command.Parameters.Add(new() { Value = ending.CountsAsFailure });
        command.Parameters.Add(new() { Value = ending.Backoff });
        return (await ReadEndedAsync(command, cancellationToken)) is [var (_, _, state)] ? state : null;
    }

    /// <summary>Puts back, or fails, runs whose lease ran out.</summary>
    /// <returns>The runs, the attempts that lost them, and their new states.</returns>
    public async Task<IReadOnlyList<(Guid RunId, int Attempt, RunState State)>> RescueAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.Rescue);
        command.Parameters.Add(new() { Value = options.MaxAttempts });
        command.Parameters.Add(new() { Value = options.BackoffSeconds });
        return await ReadEndedAsync(command, cancellationToken);
    }

    /// <summary>Workers that hold runs but not the lock that says that they live.</summary>
    public async Task<IReadOnlyList<SilentWorker>> SilentWorkersAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.SilentWorkers);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var workers = new List<SilentWorker>();
        while (await reader.ReadAsync(cancellationToken))
        {
            workers.Add(new SilentWorker(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        }

        return workers;
    }

    /// <summary>Puts back, or fails, the runs of workers that are dead, unless they hold their lock again.</summary>
    /// <returns>As for <see cref="RescueAsync"/>.</returns>
    public async Task<IReadOnlyList<(Guid RunId, int Attempt, RunState State)>> RescueFromAsync(IEnumerable<string> workers, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.RescueOfDead);
        command.Parameters.Add(new() { Value = options.MaxAttempts });
        command.Parameters.Add(new() { Value = options.BackoffSeconds });
        command.Parameters.Add(new() { Value = workers.ToArray() });
        return await ReadEndedAsync(command, cancellationToken);
    }

    /// <summary>Runs that could be claimed now, oldest first, each with the number of claims that it had.</summary>
    public async Task<IReadOnlyList<(Guid RunId, string Queue, int Attempts)>> ClaimableAsync(
        IReadOnlyList<string> queues, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(QueueSql.Claimable);
        command.Parameters.Add(new() { Value = queues.ToArray() });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<(Guid, string, int)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add((reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2)));
        }

        return runs;
    }

    /// <summary>Waits for a lock among all processes; disposing of the answer releases it.</summary>
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

    private async Task<RunClaim?> ClaimAsync(string sql, string worker, NpgsqlParameter[] what, CancellationToken cancellationToken)
    {
        var sentAt = clock.GetTimestamp();
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = worker });
        command.Parameters.Add(new() { Value = options.Lease });
        command.Parameters.AddRange(what);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new RunClaim
            {
                RunId = reader.GetGuid(0),
                Attempt = reader.GetInt32(1),
                Worker = worker,
                FailedAttempts = reader.GetInt32(2),
                Spec = reader.GetString(3),
                Weights = reader.IsDBNull(4) ? null : reader.GetString(4),
                KnownStep = reader.IsDBNull(6) ? null : reader.GetInt64(6),
                SentAt = sentAt,
            }
            : null;
    }

    private static async Task<List<(Guid RunId, int Attempt, RunState State)>> ReadEndedAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<(Guid, int, RunState)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.Add((reader.GetGuid(0), reader.GetInt32(1), RunStates.Parse(reader.GetString(2))));
        }

        return ended;
    }

    private static NpgsqlParameter Nullable(string? value, NpgsqlDbType type) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type };
}
