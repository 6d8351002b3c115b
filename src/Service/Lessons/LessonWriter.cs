using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Access;
using Trainyard.Service.Labs;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Service.Studies;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Lessons;

// What came of a start: the attempt; or that another request used the key, the limit that is reached, or what this host does not accept.
internal sealed record LessonStart
{
    public Guid Attempt { get; init; }

    public bool Created { get; init; }

    public bool KeyReused { get; init; }

    public ReachedLimit? Reached { get; init; }

    public bool LabsAreBusy { get; init; }

    public IReadOnlyList<SpecFinding> Findings { get; init; } = [];
}

/// <summary>Starts lessons: all runs of an attempt are stored together with it, or none.</summary>
internal sealed class LessonWriter(
    RunsDbContext database, RunWriter runs, SpecLimitSource limits, StudyValidator validator, StudyWriter studies, LabQueue labs, IOptions<LabOptions> labOptions, TimeProvider clock)
{
    private const string KeyIndex = "lesson_attempts_by_idempotency_key";

    public async Task<LessonStart> StartAsync(Lesson lesson, StartLessonRequest request, string? createdBy, string? key, CancellationToken cancellationToken)
    {
        var once = key is null ? null : new IdempotentRequest(key, IdempotentRequest.HashOf($"{lesson.Id} {JsonSerializer.Serialize(request, SpecJson.Options)}"));
        while (true)
        {
            if (once is not null && await FindAsync(once, createdBy, cancellationToken) is { } first)
            {
                return first;
            }

            try
            {
                return lesson.File switch
                {
                    { Study: not null } => await StartStudyAsync(lesson, request, createdBy, once, cancellationToken),
                    { Lab: { } lab } => await StartLabAsync(lesson, lab, request, createdBy, once, cancellationToken),
                    _ => await StartRunsAsync(lesson, request, createdBy, once, cancellationToken),
                };
            }
            catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: KeyIndex })
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    private async Task<LessonStart> StartRunsAsync(Lesson lesson, StartLessonRequest request, string? createdBy, IdempotentRequest? once, CancellationToken cancellationToken)
    {
        var current = await limits.CurrentAsync(cancellationToken);
        var specs = (lesson.File.Runs ?? []).Select(run => (run.Id, Reading: lesson.Read(run, request.Size, request.Seed, current))).ToList();
        if (specs.Find(spec => !spec.Reading.IsValid) is { Reading: { } invalid })
        {
            return new LessonStart { Findings = invalid.Findings };
        }

        return await StoreFailure.RepeatAsync(() => StoreAsync(lesson, request, createdBy, once, specs, cancellationToken));
    }

    private async Task<LessonStart> StoreAsync(
        Lesson lesson, StartLessonRequest request, string? createdBy, IdempotentRequest? once, List<(string Id, SpecReading Reading)> specs, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var stored = new JsonObject();
        foreach (var (id, reading) in specs)
        {
            var (run, reached) = await runs.AddAsync(reading.Spec!, reading.Plan!, createdBy, transaction, cancellationToken);
            if (reached is not null)
            {
                return new LessonStart { Reached = reached };
            }

            stored[id] = run;
        }

        var attempt = await AddAttemptAsync(lesson, request, createdBy, once, stored, study: null, lab: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LessonStart { Attempt = attempt, Created = true };
    }

    // The study has a key of its own: a request that is repeated after half of its work finds it. A client that leaves meanwhile does not orphan it.
    private async Task<LessonStart> StartStudyAsync(Lesson lesson, StartLessonRequest request, string? createdBy, IdempotentRequest? once, CancellationToken cancellationToken)
    {
        var study = lesson.File.Study!;
        study = study with { Spec = lesson.StudySpec(request.Size, request.Seed)!.Value, Seed = request.Seed ?? study.Seed };
        var reading = await validator.ReadAsync(study, cancellationToken);
        if (reading.Definition is not { } definition)
        {
            return new LessonStart { Findings = reading.Findings };
        }

        var submission = await studies.SubmitAsync(study, definition, reading.Trials, createdBy, once is null ? null : $"lesson {once.Sha256} {IdempotentRequest.HashOf(once.Key)}", cancellationToken);
        var attempt = await AddAttemptAsync(lesson, request, createdBy, once, [], submission.Id, lab: null, CancellationToken.None);
        return new LessonStart { Attempt = attempt, Created = true };
    }

    // An equal request of somebody else has the same answer, so that nothing is computed twice.
    private async Task<LessonStart> StartLabAsync(
        Lesson lesson, LessonLab file, StartLessonRequest request, string? createdBy, IdempotentRequest? once, CancellationToken cancellationToken)
    {
        var lab = LabCatalog.Find(file.Name)!;
        var reading = lab.Read(JsonSerializer.SerializeToUtf8Bytes(file.Request));
        if (await labs.SubmitAsync(lab, reading.Document!, createdBy, labOptions.Value.MaximumQueued, cancellationToken) is not { } id)
        {
            return new LessonStart { LabsAreBusy = true };
        }

        return new LessonStart { Attempt = await AddAttemptAsync(lesson, request, createdBy, once, [], study: null, id, cancellationToken), Created = true };
    }

    private async Task<Guid> AddAttemptAsync(
        Lesson lesson, StartLessonRequest request, string? createdBy, IdempotentRequest? once, JsonObject stored, Guid? study, Guid? lab, CancellationToken cancellationToken)
    {
        var attempt = new LessonAttemptRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Lesson = lesson.Id,
            CreatedBy = createdBy,
            IdempotencyKey = once?.Key,
            RequestSha256 = once?.Sha256,
            Prediction = request.Prediction,
            Size = request.Size == LessonSize.Quick ? "quick" : "full",
            Seed = request.Seed,
            Runs = JsonSerializer.SerializeToElement(stored),
            StudyId = study,
            LabId = lab,
            CreatedAt = default, // the database's time
        };
        database.LessonAttempts.Add(attempt);
        await database.SaveChangesAsync(cancellationToken);
        return attempt.Id;
    }

    private async Task<LessonStart?> FindAsync(IdempotentRequest once, string? createdBy, CancellationToken cancellationToken) =>
        await database.LessonAttempts.Where(attempt => attempt.IdempotencyKey == once.Key && attempt.CreatedBy == createdBy)
            .Select(attempt => new { attempt.Id, attempt.RequestSha256 }).SingleOrDefaultAsync(cancellationToken) is { } first
            ? new LessonStart { Attempt = first.Id, KeyReused = first.RequestSha256 != once.Sha256 }
            : null;
}
