using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trainyard.Service.Access;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Runs;

/// <summary>The parent of a fork that is about to be stored.</summary>
internal sealed record RunOrigin
{
    /// <summary>Id of the new run; its folder may already contain the weights.</summary>
    public required Guid Id { get; init; }

    public required Guid ParentId { get; init; }

    public required ParentKind Kind { get; init; }

    /// <summary>Completed epochs of the parent's checkpoint; null without weights.</summary>
    public int? Epoch { get; init; }

    /// <summary>File with the initial weights in the new run's folder; null for newly initialized weights.</summary>
    public string? Weights { get; init; }
}

/// <summary>The trial of a study that a run belongs to.</summary>
internal sealed record TrialOrigin(Guid StudyId, int Number);

// The run of a request. Reached: The limit for which it was not stored.
internal sealed record Submission(Guid Id, SubmissionOutcome Outcome, ReachedLimit? Reached = null);

internal enum SubmissionOutcome
{
    Created,

    /// <summary>The same request created the run before.</summary>
    Repeated,

    /// <summary>Another request with the same key created the run.</summary>
    KeyReused,

    LimitReached,
}

internal sealed class RunWriter(RunsDbContext database, RunQuota quota, TimeProvider clock)
{
    /// <summary>The run of a request of this person with this key; null for a new key.</summary>
    public async Task<Submission?> FindAsync(string? createdBy, IdempotentRequest request, CancellationToken cancellationToken) =>
        await database.Runs.Where(run => run.IdempotencyKey == request.Key && run.CreatedBy == createdBy).Select(run => new { run.Id, run.RequestSha256 }).SingleOrDefaultAsync(cancellationToken)
            is { } first ? new Submission(first.Id, first.RequestSha256 == request.Sha256 ? SubmissionOutcome.Repeated : SubmissionOutcome.KeyReused) : null;

    /// <summary>Stores a run, unless the request's key was used before.</summary>
    public async Task<Submission> SubmitAsync(
        ExperimentSpec spec, ModelPlan plan, string? createdBy, IdempotentRequest? request, RunOrigin? origin, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var run = Create(now, spec, plan, createdBy, request, origin);
        while (true)
        {
            try
            {
                return await StoreFailure.RepeatAsync(() => StoreAsync(run, now, cancellationToken)) is { } reached
                    ? new Submission(run.Id, SubmissionOutcome.LimitReached, reached)
                    : new Submission(run.Id, SubmissionOutcome.Created);
            }
            catch (DbUpdateException exception) when (request is not null && IsRepeatedKey(exception))
            {
                if (await FindAsync(createdBy, request, cancellationToken) is { } first)
                {
                    return first;
                }

                // The first run was deleted in the meantime, and the key with it.
            }
        }
    }

    private async Task<ReachedLimit?> StoreAsync(Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var reached = await InsertAsync(run, now, transaction, cancellationToken);
        if (reached is null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return reached;
    }

    // Stores a run of a trial in the caller's transaction, on the caller's context. Returns the limit that it exceeds: then the transaction is to be rolled back.
    public async Task<ReachedLimit?> AddAsync(
        ExperimentSpec spec, ModelPlan plan, string? createdBy, TrialOrigin trial, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await InsertAsync(Create(now, spec, plan, createdBy, request: null, origin: null, trial), now, transaction, cancellationToken);
    }

    // Stores a run that is one of several of a request, in the same way.
    public async Task<(Guid Id, ReachedLimit? Reached)> AddAsync(
        ExperimentSpec spec, ModelPlan plan, string? createdBy, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var run = Create(now, spec, plan, createdBy, request: null, origin: null);
        return (run.Id, await InsertAsync(run, now, transaction, cancellationToken));
    }

    private static Run Create(
        DateTimeOffset now, ExperimentSpec spec, ModelPlan plan, string? createdBy, IdempotentRequest? request, RunOrigin? origin, TrialOrigin? trial = null) =>
        new()
        {
            Id = origin?.Id ?? Guid.CreateVersion7(now),
            Name = spec.Name,
            Experiment = spec.Experiment,
            State = RunState.Queued,
            Queue = JsonNamingPolicy.SnakeCaseLower.ConvertName(spec.Training.Device.ToString()),
            Spec = JsonSerializer.SerializeToElement(spec, SpecJson.Options),
            SpecSha256 = spec.Sha256(),
            Seed = spec.Seed,
            TrainingFlops = TrainingCost.FlopsPerEpoch(plan, trainSamples: 1),
            IdempotencyKey = request?.Key,
            RequestSha256 = request?.Sha256,
            CreatedAt = default, // the database's time
            CreatedBy = createdBy,
            NotBefore = DateTimeOffset.MinValue, // -infinity in the database
            Epochs = spec.Training.Epochs,
            ParentId = origin?.ParentId,
            ParentKind = origin?.Kind,
            ParentEpoch = origin?.Epoch,
            Weights = origin?.Weights,
            StudyId = trial?.StudyId,
            Trial = trial?.Number,
        };

    private async Task<ReachedLimit?> InsertAsync(Run run, DateTimeOffset now, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        var native = (NpgsqlTransaction)transaction.GetDbTransaction();
        await quota.LockAsync(native, run.CreatedBy, cancellationToken);
        database.Runs.Add(run);
        await database.SaveChangesAsync(cancellationToken);
        if (await quota.FindExceededAsync(native, run.CreatedBy, cancellationToken) is { } reached)
        {
            return reached;
        }

        await EventLog.AppendAsync(connection, native, run.Id, 0, [(now, new StateEvent { State = RunState.Queued.ToWireName() })], clock, cancellationToken);
        await EventLog.NotifyQueueAsync(connection, native, run.Queue, cancellationToken);
        return null;
    }

    private static bool IsRepeatedKey(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "runs_by_idempotency_key" };
}
