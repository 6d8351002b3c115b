using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Store;

namespace Trainyard.Service.Queue;

/// <summary>The queue: claims, leases and ends of attempts. The runs table is the only state; this class holds none.</summary>
internal sealed class RunQueue(NpgsqlDataSource dataSource, IOptions<QueueOptions> options, TimeProvider clock)
{
    private readonly QueueOptions options = options.Value;

    // Returns the claim; null when the run is not queued, not due, of another queue, or being claimed.
    public async Task<RunClaim?> ClaimAsync(string worker, Guid runId, IReadOnlyList<string> queues, CancellationToken cancellationToken)
    {
        var sentAt = clock.GetTimestamp();
        await using var command = Command(QueueSql.Claim, worker, options.Lease, runId, queues.ToArray());
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
        await using var command = Command(QueueSql.End, claim.RunId, claim.Attempt, ending.State.ToWireName());
        command.Parameters.Add(new() { Value = (object?)ending.Reason?.ToJson() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = (object?)ending.Failure?.ToWireName() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = ending.Outcome });
        command.Parameters.Add(new() { Value = ending.CountsAsFailure });
        command.Parameters.Add(new() { Value = ending.Backoff });
        return await ReadEndedAsync(command, cancellationToken) is [var (_, _, state)] ? state : null;
    }

    /// <summary>Takes back runs whose lease expired: they are queued again, or end.</summary>
    public async Task<IReadOnlyList<EndedAttempt>> TakeBackExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.TakeBackExpired, options.MaxAttempts, options.BackoffSeconds);
        return await ReadEndedAsync(command, cancellationToken);
    }

    /// <summary>Takes back the runs of workers that are dead: they are queued again, or end.</summary>
    public async Task<IReadOnlyList<EndedAttempt>> TakeBackOfWorkersAsync(IEnumerable<string> workers, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.TakeBackOfWorkers, options.MaxAttempts, options.BackoffSeconds, workers.ToArray());
        return await ReadEndedAsync(command, cancellationToken);
    }

    public async Task<(bool Claimable, bool Expired)> PollAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Poll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }

    /// <summary>Claimable runs, oldest first.</summary>
    public async Task<IReadOnlyList<(Guid RunId, string Queue)>> ClaimableAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(QueueSql.Claimable, limit);
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

/// <summary>An attempt that ended, and the new state of its run.</summary>
internal sealed record EndedAttempt(Guid RunId, int Attempt, RunState State);
