using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Hosting;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Runs;

/// <summary>Does to runs what people ask for; each method is one statement of <see cref="LifecycleSql"/>.</summary>
internal sealed partial class RunLifecycle(NpgsqlDataSource dataSource, IOptions<ServiceOptions> options, ILogger<RunLifecycle> logger)
{
    /// <summary>Asks the run's worker to write a checkpoint and let go.</summary>
    /// <returns>What was found; null: there is no such run. So for the other methods.</returns>
    public Task<VerbOutcome?> PauseAsync(Guid id, CancellationToken cancellationToken) =>
        MoveAsync(LifecycleSql.Pause, id, RunVerb.Pause, RunReason.From(RunMessageCode.PausedByUser), cancellationToken);

    /// <summary>Queues a paused run.</summary>
    public Task<VerbOutcome?> ResumeAsync(Guid id, CancellationToken cancellationToken) =>
        MoveAsync(LifecycleSql.Requeue, id, RunVerb.Resume, RunReason.From(RunMessageCode.ResumedByUser), cancellationToken);

    /// <summary>Queues a run that failed or was cancelled; it continues from its newest checkpoint.</summary>
    public Task<VerbOutcome?> RetryAsync(Guid id, CancellationToken cancellationToken) =>
        MoveAsync(LifecycleSql.Requeue, id, RunVerb.Retry, RunReason.From(RunMessageCode.RetriedByUser), cancellationToken);

    /// <summary>Gives a run up: at once while nobody holds it, else as soon as its worker hears of it.</summary>
    public Task<VerbOutcome?> CancelAsync(Guid id, CancellationToken cancellationToken) =>
        MoveAsync(LifecycleSql.Cancel, id, RunVerb.Cancel, RunReason.From(RunMessageCode.CancelledByUser), cancellationToken);

    /// <summary>Queues a run again with more epochs.</summary>
    /// <param name="id">The run.</param>
    /// <param name="spec">Its spec with the new number of epochs.</param>
    /// <param name="seen">The number that it had when its spec was read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<VerbOutcome?> ExtendAsync(Guid id, ExperimentSpec spec, int seen, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LifecycleSql.Extend);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = RunVerb.Extend.FromWords });
        command.Parameters.Add(Json(RunReason.From(RunMessageCode.ExtendedByUser, ("from", seen), ("to", spec.Training.Epochs))));
        command.Parameters.Add(new() { Value = spec.ToJson() });
        command.Parameters.Add(new() { Value = spec.Sha256() });
        command.Parameters.Add(new() { Value = spec.Training.Epochs });
        command.Parameters.Add(new() { Value = seen });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Changes name, notes and tags.</summary>
    /// <returns>Whether there is such a run.</returns>
    public async Task<bool> EditAsync(Guid id, RunEdit edit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LifecycleSql.Edit);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (object?)edit.Name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)edit.Notes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)edit.Tags?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return await ReadAsync(command, cancellationToken) is not null;
    }

    /// <summary>Removes a run: its rows, then its folder.</summary>
    public async Task<VerbOutcome?> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LifecycleSql.Delete);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = RunVerb.Delete.FromWords });
        var outcome = await ReadAsync(command, cancellationToken);
        if (outcome is { Changed: true })
        {
            DeleteFolder(id);
        }

        return outcome;
    }

    private async Task<VerbOutcome?> MoveAsync(string sql, Guid id, RunVerb verb, RunReason reason, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = verb.FromWords });
        command.Parameters.Add(Json(reason));
        return await ReadAsync(command, cancellationToken);
    }

    private static NpgsqlParameter Json(RunReason reason) => new() { Value = reason.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static async Task<VerbOutcome?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new VerbOutcome(RunStates.Parse(reader.GetString(0)), reader.GetBoolean(1), reader.GetBoolean(2))
            : null;
    }

    // The run is gone either way: files that cannot be removed are told to whoever runs the service, not to whoever asked.
    private void DeleteFolder(Guid id)
    {
        var folder = DataFolder.OfRun(options.Value.DataPath, id);
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            LogFolderLeft(id, folder, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} is deleted, but its folder {Folder} could not be removed: {Problem}")]
    private partial void LogFolderLeft(Guid runId, string folder, string problem);
}
