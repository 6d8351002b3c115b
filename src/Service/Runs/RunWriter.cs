using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Runs;

/// <summary>Submits runs. What happens to them afterwards is written elsewhere: by people in Lifecycle, by workers in Queue.</summary>
internal sealed class RunWriter(RunsDbContext database, TimeProvider clock)
{
    /// <summary>Stores a run, unless the key was used before.</summary>
    /// <returns>The id of the new run, or of the run that the key made; Created tells which; null when that run has another spec or parent.</returns>
    public async Task<(Guid? Id, bool Created)> SubmitAsync(
        ExperimentSpec spec, string? idempotencyKey, RunOrigin? origin, CancellationToken cancellationToken)
    {
        var sha256 = spec.Sha256();
        var now = clock.GetUtcNow();
        var run = new Run
        {
            Id = origin?.Id ?? Guid.CreateVersion7(now),
            Name = spec.Name,
            Experiment = spec.Experiment,
            State = RunState.Queued,
            Queue = JsonNamingPolicy.SnakeCaseLower.ConvertName(spec.Training.Device.ToString()),
            Spec = JsonSerializer.SerializeToElement(spec, SpecJson.Options),
            SpecSha256 = sha256,
            Seed = spec.Seed,
            TrainingFlops = TrainingCost.FlopsPerEpoch(ModelPlanner.Plan(spec), trainSamples: 1),
            IdempotencyKey = idempotencyKey,
            CreatedAt = now,
            UpdatedAt = now,
            NotBefore = DateTimeOffset.MinValue, // -infinity in the database
            Epochs = spec.Training.Epochs,
            ParentId = origin?.ParentId,
            ParentKind = origin?.Kind,
            ParentEpoch = origin?.Epoch,
            Weights = origin?.Weights,
        };
        try
        {
            await InsertAsync(run, now, cancellationToken);
            return (run.Id, true);
        }
        catch (DbUpdateException problem) when (IsRepeatedKey(problem))
        {
            database.ChangeTracker.Clear();
            var first = await database.Runs.Where(other => other.IdempotencyKey == idempotencyKey)
                .Select(other => new { other.Id, other.SpecSha256, other.ParentId, other.Weights }).SingleOrDefaultAsync(cancellationToken);
            if (first is null)
            {
                // It was deleted meanwhile, and the key with it.
                return await SubmitAsync(spec, idempotencyKey, origin, cancellationToken);
            }

            var same = first.SpecSha256 == sha256 && first.ParentId == run.ParentId && first.Weights == run.Weights;
            return (same ? first.Id : null, false);
        }
    }

    private async Task InsertAsync(Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Runs.Add(run);
        await database.SaveChangesAsync(cancellationToken);
        var (connection, native) = Native(transaction);
        await EventLog.AppendAsync(connection, native, run.Id, 0, [(now, new StateEvent { State = RunState.Queued.Word() })], cancellationToken);
        await EventLog.NotifyQueueAsync(connection, native, run.Queue, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private (NpgsqlConnection Connection, NpgsqlTransaction Transaction) Native(IDbContextTransaction transaction) =>
        ((NpgsqlConnection)database.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());

    private static bool IsRepeatedKey(DbUpdateException problem) =>
        problem.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "runs_idempotency_key_key" };
}
