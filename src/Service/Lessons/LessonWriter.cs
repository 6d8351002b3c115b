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
    RunsDbContext database, RunWriter runWriter, SpecLimitSource limits, StudyValidator validator, StudyWriter studyWriter, LabQueue labs, IOptions<LabOptions> labOptions, TimeProvider clock)
{
    private const string KeyIndex = "lesson_attempts_by_idempotency_key";

    /// <param name="lesson">The lesson.</param>
    /// <param name="request">A request whose prediction and settings are known to the lesson.</param>
    /// <param name="createdBy">Who starts it; null without authentication.</param>
    /// <param name="key">Idempotency-Key; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
                    { Studies: { } studies } => await StartStudiesAsync(lesson, studies, request, createdBy, once, cancellationToken),
                    { Labs: { } all } => await StartLabsAsync(lesson, all, request, createdBy, once, cancellationToken),
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
        var settings = AttemptSettings.Of(lesson.File, request);
        var specs = (lesson.File.Runs ?? []).Select(run => (run.Id, Reading: lesson.Read(run, settings, current))).ToList();
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
            var (run, reached) = await runWriter.AddAsync(reading.Spec!, reading.Plan!, createdBy, transaction, cancellationToken);
            if (reached is not null)
            {
                return new LessonStart { Reached = reached };
            }

            stored[id] = run;
        }

        var attempt = await AddAttemptAsync(lesson, request, createdBy, once, runs: stored, studies: [], labs: [], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LessonStart { Attempt = attempt, Created = true };
    }

    // All of them are checked before the first is stored. Each has a key of its own: a request that is repeated after half of its work finds those that it has
    // stored. A client that leaves meanwhile does not orphan them.
    private async Task<LessonStart> StartStudiesAsync(
        Lesson lesson, IReadOnlyList<LessonStudy> studies, StartLessonRequest request, string? createdBy, IdempotentRequest? once, CancellationToken cancellationToken)
    {
        var settings = AttemptSettings.Of(lesson.File, request);
        List<(string Id, StudyRequest Request, StudyReading Reading)> read = [];
        foreach (var study in studies)
        {
            var (body, findings) = lesson.Read(study, settings);
            if (body is null)
            {
                return new LessonStart { Findings = findings };
            }

            var reading = await validator.ReadAsync(body, cancellationToken);
            if (reading.Definition is null)
            {
                return new LessonStart { Findings = reading.Findings };
            }

            read.Add((study.Id, body, reading));
        }

        var stored = new JsonObject();
        foreach (var (id, body, reading) in read)
        {
            var key = once is null ? null : $"lesson {once.Sha256} {IdempotentRequest.HashOf(once.Key)} {id}";
            stored[id] = (await studyWriter.SubmitAsync(body, reading.Definition!, reading.Trials, createdBy, key, CancellationToken.None)).Id;
        }

        return new LessonStart { Attempt = await AddAttemptAsync(lesson, request, createdBy, once, runs: [], stored, labs: [], CancellationToken.None), Created = true };
    }

    // An equal request of somebody else has the same answer, so that nothing is computed twice; nor is that of a lab before the one that finds no place.
    private async Task<LessonStart> StartLabsAsync(
        Lesson lesson, IReadOnlyList<LessonLab> all, StartLessonRequest request, string? createdBy, IdempotentRequest? once, CancellationToken cancellationToken)
    {
        var stored = new JsonObject();
        foreach (var asked in all)
        {
            var lab = LabCatalog.Find(asked.Name)!;
            var reading = lab.Read(JsonSerializer.SerializeToUtf8Bytes(asked.Request));
            if (await labs.SubmitAsync(lab, reading.Document!, createdBy, labOptions.Value.MaximumQueued, cancellationToken) is not { } id)
            {
                return new LessonStart { LabsAreBusy = true };
            }

            stored[asked.Id] = id;
        }

        return new LessonStart { Attempt = await AddAttemptAsync(lesson, request, createdBy, once, runs: [], studies: [], stored, cancellationToken), Created = true };
    }

    private async Task<Guid> AddAttemptAsync(
        Lesson lesson, StartLessonRequest request, string? createdBy, IdempotentRequest? once, JsonObject runs, JsonObject studies, JsonObject labs, CancellationToken cancellationToken)
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
            Settings = JsonSerializer.SerializeToElement(AttemptSettings.Chosen(lesson.File, request), SpecJson.Options),
            Runs = JsonSerializer.SerializeToElement(runs),
            Studies = JsonSerializer.SerializeToElement(studies),
            Labs = JsonSerializer.SerializeToElement(labs),
            LabResults = JsonSerializer.SerializeToElement(new JsonObject()),
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
