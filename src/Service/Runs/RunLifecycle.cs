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

/// <summary>User actions on runs; each locks the run and is one statement of <see cref="LifecycleSql"/>; it returns null for an unknown run.</summary>
internal sealed class RunLifecycle(NpgsqlDataSource dataSource, RunQuota quota, RunFolders folders)
{
    /// <summary>Requests the worker to write a checkpoint and release the run.</summary>
    public Task<ActionOutcome?> PauseAsync(Guid id, CancellationToken cancellationToken) => PauseAsync(id, RunMessageCode.PausedByUser, cancellationToken);

    public Task<ActionOutcome?> ResumeAsync(Guid id, CancellationToken cancellationToken) => ResumeAsync(id, RunMessageCode.ResumedByUser, cancellationToken);

    public Task<ActionOutcome?> CancelAsync(Guid id, CancellationToken cancellationToken) => CancelAsync(id, RunMessageCode.CancelledByUser, cancellationToken);

    public Task<ActionOutcome?> PauseAsync(Guid id, RunMessageCode reason, CancellationToken cancellationToken) =>
        ExecuteAsync(LifecycleSql.Pause, Parameters(id, RunActionRule.Pause, RunReason.From(reason)), cancellationToken);

    public Task<ActionOutcome?> ResumeAsync(Guid id, RunMessageCode reason, CancellationToken cancellationToken) =>
        QueueAsync(LifecycleSql.Resume, Parameters(id, RunActionRule.Resume, RunReason.From(reason)), cancellationToken);

    public Task<ActionOutcome?> RetryAsync(Guid id, CancellationToken cancellationToken) =>
        QueueAsync(LifecycleSql.Retry, Parameters(id, RunActionRule.Retry, RunReason.From(RunMessageCode.RetriedByUser)), cancellationToken);

    /// <summary>Cancels a run: immediately without a worker, else by a request to its worker.</summary>
    public Task<ActionOutcome?> CancelAsync(Guid id, RunMessageCode reason, CancellationToken cancellationToken) =>
        ExecuteAsync(LifecycleSql.Cancel, Parameters(id, RunActionRule.Cancel, RunReason.From(reason)), cancellationToken);

    /// <summary>Pauses a queued run of a study.</summary>
    public Task<ActionOutcome?> HoldAsync(Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(LifecycleSql.Hold, Parameters(id, RunActionRule.Hold, RunReason.From(RunMessageCode.PausedByStudy)), cancellationToken);

    // Queues a succeeded run for the evaluation of the test set with its weights. before: The spec that was read, with its SHA-256; unless the run still has it, it is
    // not tested.
    public Task<ActionOutcome?> TestAsync(Guid id, ExperimentSpec before, string sha256Before, CancellationToken cancellationToken)
    {
        var tested = before with { Training = before.Training with { EvaluateTest = true } };
        return QueueAsync(
            LifecycleSql.Test,
            [
                .. Parameters(id, RunActionRule.Test, RunReason.From(RunMessageCode.TestRequested)),
                new() { Value = tested.ToJson() },
                new() { Value = tested.Sha256() },
                new() { Value = sha256Before },
            ],
            cancellationToken);
    }

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
        NpgsqlParameter[] parameters =
        [
            new() { Value = id },
            new() { Value = (object?)edit.Name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)edit.Notes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)edit.Tags?.Distinct(StringComparer.Ordinal).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        ];
        return await ExecuteAsync(LifecycleSql.Edit, parameters, cancellationToken) is not null;
    }

    /// <summary>Hides a run from lists, or shows it again; false for an unknown run.</summary>
    public async Task<bool> ArchiveAsync(Guid id, bool archived, CancellationToken cancellationToken) =>
        await ExecuteAsync(LifecycleSql.Archive, [new() { Value = id }, new() { Value = archived }], cancellationToken) is not null;

    /// <summary>Deletes a run: its rows, then its folder.</summary>
    public async Task<ActionOutcome?> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var outcome = await ExecuteAsync(LifecycleSql.Delete, [new() { Value = id }, new() { Value = RunActionRule.Delete.FromNames }], cancellationToken);
        if (outcome is { Changed: true })
        {
            // The rows are already deleted: files that cannot be removed are not reported to the client, nor is the end of its request.
            await folders.RemoveAsync(id, CancellationToken.None);
        }

        return outcome;
    }

    private static NpgsqlParameter[] Parameters(Guid id, RunActionRule rule, RunReason reason) =>
        [new() { Value = id }, new() { Value = rule.StateNames }, new() { Value = reason.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb }];

    // parameters: The run, and the others of the statement.
    private Task<ActionOutcome?> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) => StoreFailure.RepeatAsync(async () =>
    {
        await using var batch = dataSource.CreateBatch();
        return await ReadAsync(batch, sql, parameters, cancellationToken);
    });

    private Task<ActionOutcome?> QueueAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        StoreFailure.RepeatAsync(() => QueueOnceAsync(sql, parameters, cancellationToken));

    // Queues a run unless that exceeds a limit of its owner.
    private async Task<ActionOutcome?> QueueOnceAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var owner = await quota.LockOwnerAsync(transaction, (Guid)parameters[0].Value!, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var outcome = await ReadAsync(batch, sql, parameters, cancellationToken);
        if (outcome is { Changed: true } && await quota.FindExceededAsync(transaction, owner, cancellationToken) is { } reached)
        {
            return outcome with { Changed = false, Reached = reached };
        }

        await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    // The action's statement comes after the lock, in the same transaction, so that it reads the run as it is then. One that waited for a claim itself would join the
    // state after it with the row before it.
    private static async Task<ActionOutcome?> ReadAsync(NpgsqlBatch batch, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        batch.BatchCommands.Add(new(LifecycleSql.Lock) { Parameters = { parameters[0].Clone() } });
        var action = new NpgsqlBatchCommand(sql);
        action.Parameters.AddRange(Array.ConvertAll(parameters, parameter => parameter.Clone()));
        batch.BatchCommands.Add(action);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ActionOutcome(
                RunStates.Parse(reader.GetString(0)), reader.GetBoolean(1), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(2))
            : null;
    }
}
