using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Access;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Runs;

// What an action found, and whether it changed anything. FailureClass: Of a failed run; else null.
// Reached: The limit for which the run was not queued.
internal sealed record ActionOutcome(RunState Found, bool CancelRequested, string? FailureClass, bool Changed, ReachedLimit? Reached = null);

/// <summary>User actions on runs; each is one statement of <see cref="LifecycleSql"/> and returns null for an unknown run.</summary>
internal sealed class RunLifecycle(NpgsqlDataSource dataSource, RunQuota quota, RunFolders folders)
{
    /// <summary>Requests the worker to write a checkpoint and release the run.</summary>
    public Task<ActionOutcome?> PauseAsync(Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(LifecycleSql.Pause, id, RunActionRule.Pause, RunReason.From(RunMessageCode.PausedByUser), cancellationToken);

    public Task<ActionOutcome?> ResumeAsync(Guid id, CancellationToken cancellationToken) =>
        QueueAsync(LifecycleSql.Resume, Parameters(id, RunActionRule.Resume, RunReason.From(RunMessageCode.ResumedByUser)), cancellationToken);

    public Task<ActionOutcome?> RetryAsync(Guid id, CancellationToken cancellationToken) =>
        QueueAsync(LifecycleSql.Retry, Parameters(id, RunActionRule.Retry, RunReason.From(RunMessageCode.RetriedByUser)), cancellationToken);

    /// <summary>Cancels a run: immediately without a worker, else by a request to its worker.</summary>
    public Task<ActionOutcome?> CancelAsync(Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(LifecycleSql.Cancel, id, RunActionRule.Cancel, RunReason.From(RunMessageCode.CancelledByUser), cancellationToken);

    // Queues a run with more epochs or a larger time limit. before: The spec that was read, with its SHA-256; unless the run still has it, it is not extended.
    public Task<ActionOutcome?> ExtendAsync(Guid id, ExperimentSpec before, string sha256Before, ExperimentSpec extended, CancellationToken cancellationToken) => QueueAsync(
        LifecycleSql.Extend,
        [
            .. Parameters(id, RunActionRule.Extend, RunReason.From(
                RunMessageCode.ExtendedByUser, ("from", before.Training.Epochs), ("to", extended.Training.Epochs),
                ("limitFrom", before.Training.TimeLimitSeconds), ("limitTo", extended.Training.TimeLimitSeconds))),
            new() { Value = extended.ToJson() },
            new() { Value = extended.Sha256() },
            new() { Value = extended.Training.Epochs },
            new() { Value = sha256Before },
        ],
        cancellationToken);

    /// <summary>Changes name, notes and tags; false for an unknown run.</summary>
    public async Task<bool> EditAsync(Guid id, RunEdit edit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LifecycleSql.Edit);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (object?)edit.Name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)edit.Notes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)edit.Tags?.Distinct(StringComparer.Ordinal).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return await ReadAsync(command, cancellationToken) is not null;
    }

    /// <summary>Hides a run from lists, or shows it again; false for an unknown run.</summary>
    public async Task<bool> ArchiveAsync(Guid id, bool archived, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LifecycleSql.Archive);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = archived });
        return await ReadAsync(command, cancellationToken) is not null;
    }

    /// <summary>Deletes a run: its rows, then its folder.</summary>
    public async Task<ActionOutcome?> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LifecycleSql.Delete);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = RunActionRule.Delete.FromNames });
        var outcome = await ReadAsync(command, cancellationToken);
        if (outcome is { Changed: true })
        {
            // The rows are already deleted: files that cannot be removed are not reported to the client, nor is the end of its request.
            await folders.RemoveAsync(id, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<ActionOutcome?> ExecuteAsync(string sql, Guid id, RunActionRule rule, RunReason reason, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(Parameters(id, rule, reason));
        return await ReadAsync(command, cancellationToken);
    }

    private static NpgsqlParameter[] Parameters(Guid id, RunActionRule rule, RunReason reason) =>
        [new() { Value = id }, new() { Value = rule.StateNames }, new() { Value = reason.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb }];

    private Task<ActionOutcome?> QueueAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        StoreFailure.RepeatAsync(() => QueueOnceAsync(sql, parameters, cancellationToken));

    // Queues a run, the first parameter, unless that exceeds a limit of its owner.
    private async Task<ActionOutcome?> QueueOnceAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var owner = await quota.LockOwnerAsync(transaction, (Guid)parameters[0].Value!, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.AddRange(Array.ConvertAll(parameters, parameter => parameter.Clone()));
        var outcome = await ReadOnceAsync(command, cancellationToken);
        if (outcome is { Changed: true } && await quota.FindExceededAsync(transaction, owner, cancellationToken) is { } reached)
        {
            return outcome with { Changed = false, Reached = reached };
        }

        await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    private static Task<ActionOutcome?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken) =>
        StoreFailure.RepeatAsync(() => ReadOnceAsync(command, cancellationToken));

    private static async Task<ActionOutcome?> ReadOnceAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ActionOutcome(
                RunStates.Parse(reader.GetString(0)), reader.GetBoolean(1), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(2))
            : null;
    }
}
