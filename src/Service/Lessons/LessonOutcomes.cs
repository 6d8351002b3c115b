using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Labs;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Lessons;

/// <summary>Reads the attempts at lessons, and judges what came of them.</summary>
internal sealed class LessonOutcomes(RunsDbContext database, LessonCatalog catalog, LessonFactsReader facts, LabQueue labs)
{
    private const int MaximumAttempts = 50;

    /// <summary>The latest attempt of a person at each lesson, by id of the lesson.</summary>
    public async Task<IReadOnlyDictionary<string, LessonProgress>> ProgressAsync(string? createdBy, CancellationToken cancellationToken)
    {
        // Index: lesson_attempts_by_lesson.
        var rows = await database.LessonAttempts
            .FromSql($"select distinct on (lesson) * from lesson_attempts where coalesce(created_by, '') = coalesce({createdBy}, '') order by lesson, id desc")
            .ToListAsync(cancellationToken);
        var progress = new Dictionary<string, LessonProgress>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (catalog.Find(row.Lesson) is not { } lesson)
            {
                continue; // of another build
            }

            // Of a lesson with hand-ins the last claim is decided after its runs have ended.
            var (claims, ended) = lesson.File.HandIn is null && Stored(lesson, row) is { } stored ? ((IReadOnlyList<ClaimOutcome>)stored, true) : await JudgeAsync(lesson, row, cancellationToken);
            progress[lesson.Id] = new LessonProgress
            {
                Attempt = row.Id,
                CreatedAt = row.CreatedAt,
                Ended = ended,
                PredictionRight = IsRight(lesson, row),
                Holds = claims.Count(claim => claim.Verdict == ClaimVerdict.Holds),
                Claims = claims.Count,
            };
        }

        return progress;
    }

    /// <summary>The attempts of a person at a lesson, latest first.</summary>
    public async Task<IReadOnlyList<LessonAttempt>> AttemptsAsync(Lesson lesson, string? createdBy, CancellationToken cancellationToken)
    {
        var rows = await database.LessonAttempts.Where(row => row.Lesson == lesson.Id && row.CreatedBy == createdBy).OrderByDescending(row => row.Id).Take(MaximumAttempts)
            .ToListAsync(cancellationToken);
        var states = await StatesAsync(rows, cancellationToken);
        return [.. rows.Select(row => Attempt(row, states))];
    }

    /// <summary>An attempt at a lesson; null for an unknown one.</summary>
    public async Task<LessonAttempt?> AttemptAsync(Guid id, CancellationToken cancellationToken) =>
        await database.LessonAttempts.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row
            ? Attempt(row, await StatesAsync([row], cancellationToken))
            : null;

    /// <summary>What came of an attempt, or of the latest one of a person; null for an unknown one, and without one.</summary>
    public async Task<LessonOutcome?> OfAttemptAsync(Lesson lesson, Guid? id, string? createdBy, CancellationToken cancellationToken)
    {
        var rows = database.LessonAttempts.Where(row => row.Lesson == lesson.Id);
        rows = id is { } chosen ? rows.Where(row => row.Id == chosen) : rows.Where(row => row.CreatedBy == createdBy).OrderByDescending(row => row.Id);
        if (await rows.FirstOrDefaultAsync(cancellationToken) is not { } attempt)
        {
            return null;
        }

        var (claims, ended) = await JudgeAsync(lesson, attempt, cancellationToken);
        return new LessonOutcome
        {
            Attempt = Attempt(attempt, await StatesAsync([attempt], cancellationToken)),
            Ended = ended,
            PredictionRight = IsRight(lesson, attempt),
            Claims = claims,
        };
    }

    /// <summary>What any run says about the claims of a lesson of one run; null for an unknown run.</summary>
    public async Task<LessonOutcome?> OfRunAsync(Lesson lesson, Guid run, CancellationToken cancellationToken)
    {
        var runs = new Dictionary<string, Guid>(StringComparer.Ordinal) { [lesson.File.Runs![0].Id] = run };
        var read = await facts.ReadAsync(lesson, runs, ImmutableDictionary<string, Guid>.Empty, cancellationToken);
        return read.Runs.Values.Single() is not { } found ? null : new LessonOutcome
        {
            Attempt = null,
            Ended = found.HasEnded,
            PredictionRight = null,
            Claims = [.. lesson.File.Expected.Select(claim => ClaimEvaluator.Evaluate(claim, read))],
        };
    }

    // Stores the verdicts once they are final: the list of lessons need not read all results again, and they outlive the runs that they come from.
    private async Task<(IReadOnlyList<ClaimOutcome> Claims, bool Ended)> JudgeAsync(Lesson lesson, LessonAttemptRow row, CancellationToken cancellationToken)
    {
        var read = lesson.File.Labs is { } asked ? await AskedAsync(asked, row, cancellationToken) : await facts.ReadAsync(lesson, Ids(row.Runs), Ids(row.Studies), cancellationToken);
        var isDeleted = read.Runs.Values.Any(run => run is null) || read.Studies.Values.Any(study => study is null)
            || read.Labs.Count < (lesson.File.Labs?.Count ?? 0);
        if (isDeleted && Stored(lesson, row) is { } stored)
        {
            return (stored, true);
        }

        IReadOnlyList<ClaimOutcome> claims = [.. Expected(lesson, row).Select(claim => ClaimEvaluator.Evaluate(claim, read))];
        var ended = claims.All(claim => claim.Verdict != ClaimVerdict.Pending) && read.Runs.Values.All(run => run?.HasEnded != false)
            && read.Studies.Values.All(study => study?.HasEnded != false);
        if (ended || row.Outcome is not null)
        {
            // A run that was retried or extended makes earlier verdicts void.
            row.Outcome = ended ? JsonSerializer.SerializeToElement(claims, SpecJson.Options) : null;
            await database.LessonAttempts.Where(known => known.Id == row.Id)
                .ExecuteUpdateAsync(update => update.SetProperty(known => known.Outcome, row.Outcome), cancellationToken);
        }

        return (claims, ended);
    }

    // Copies the results of the labs to the attempt, when they are there: the labs keep a bounded number of answers.
    private async Task<LessonFacts> AskedAsync(IReadOnlyList<LessonLab> asked, LessonAttemptRow row, CancellationToken cancellationToken)
    {
        var results = Results(row);
        var (known, ids) = (results.Count, Ids(row.Labs));
        var read = new Dictionary<string, LabFacts>(StringComparer.Ordinal);
        foreach (var lab in asked.Where(lab => ids.ContainsKey(lab.Id)))
        {
            var answer = results.ContainsKey(lab.Id) ? null : await labs.FindAsync(lab.Name, ids[lab.Id], cancellationToken);
            if (answer?.Result is { } result)
            {
                results[lab.Id] = result;
            }

            read[lab.Id] = new LabFacts(
                results.TryGetValue(lab.Id, out var there) ? there : null, answer?.State is null or LabState.Succeeded or LabState.Failed);
        }

        if (results.Count > known)
        {
            row.LabResults = JsonSerializer.SerializeToElement(results);
            await database.LessonAttempts.Where(attempt => attempt.Id == row.Id)
                .ExecuteUpdateAsync(update => update.SetProperty(attempt => attempt.LabResults, row.LabResults), cancellationToken);
        }

        return new LessonFacts { Labs = read };
    }

    private static IEnumerable<LessonClaim> Expected(Lesson lesson, LessonAttemptRow row) =>
        lesson.File.Expected.Where(claim => !claim.FullOnly || lesson.File.Quick is null || row.Size == "full");

    // The final verdicts; null if they are not known, or of other claims.
    private static List<ClaimOutcome>? Stored(Lesson lesson, LessonAttemptRow row) =>
        row.Outcome?.Deserialize<List<ClaimOutcome>>(SpecJson.Options) is { } claims
        && claims.Select(claim => claim.Claim).SequenceEqual(Expected(lesson, row).Select(claim => claim.Id), StringComparer.Ordinal) ? claims : null;

    private static bool? IsRight(Lesson lesson, LessonAttemptRow row) => row.Prediction is null ? null : row.Prediction == lesson.File.Question.Answer;

    private static Dictionary<string, Guid> Ids(JsonElement stored) => stored.Deserialize<Dictionary<string, Guid>>() ?? [];

    private static Dictionary<string, JsonElement> Results(LessonAttemptRow row) => row.LabResults.Deserialize<Dictionary<string, JsonElement>>() ?? [];

    private async Task<AttemptStates> StatesAsync(IReadOnlyList<LessonAttemptRow> rows, CancellationToken cancellationToken)
    {
        Guid[] runs = [.. rows.SelectMany(row => Ids(row.Runs).Values)];
        Guid[] studies = [.. rows.SelectMany(row => Ids(row.Studies).Values)];
        return new AttemptStates(
            await database.Runs.Where(run => runs.Contains(run.Id)).Select(run => new { run.Id, run.State, run.Step, run.TotalSteps })
                .ToDictionaryAsync(run => run.Id, run => (run.State, run.TotalSteps > 0 ? Math.Min(1, run.Step / (double)run.TotalSteps) : 0), cancellationToken),
            await database.Studies.Where(study => studies.Contains(study.Id)).Select(study => new { study.Id, study.State })
                .ToDictionaryAsync(study => study.Id, study => study.State, cancellationToken));
    }

    private LessonAttempt Attempt(LessonAttemptRow row, AttemptStates states)
    {
        var file = catalog.Find(row.Lesson)?.File;
        var runs = (file?.Runs ?? []).Select(run => run.Id).ToList();
        var studies = (file?.Studies ?? []).Select(study => study.Id).ToList();
        var labIds = (file?.Labs ?? []).Select(lab => lab.Id).ToList();
        var results = Results(row);
        return new LessonAttempt
        {
            Id = row.Id,
            Lesson = row.Lesson,
            CreatedAt = row.CreatedAt,
            CreatedBy = row.CreatedBy,
            Prediction = row.Prediction,
            Size = row.Size == "quick" ? LessonSize.Quick : LessonSize.Full,
            Seed = row.Seed,
            Settings = row.Settings.Deserialize<List<ChosenOption>>(SpecJson.Options)!,
            Runs =
            [
                .. Ids(row.Runs).OrderBy(run => runs.IndexOf(run.Key)).Select(run => new LessonAttemptRun
                {
                    Id = run.Key,
                    Run = run.Value,
                    State = states.Runs.TryGetValue(run.Value, out var found) ? found.State : null,
                    Progress = found.Progress,
                }),
            ],
            Studies =
            [
                .. Ids(row.Studies).OrderBy(study => studies.IndexOf(study.Key)).Select(study => new LessonAttemptStudy
                {
                    Id = study.Key,
                    Study = study.Value,
                    State = states.Studies.TryGetValue(study.Value, out var state) ? state : null,
                }),
            ],
            Labs =
            [
                .. Ids(row.Labs).Keys.OrderBy(lab => labIds.IndexOf(lab)).Select(lab => new LessonAttemptLab
                {
                    Id = lab, Result = results.TryGetValue(lab, out var result) ? result : null,
                }),
            ],
        };
    }

    // Of runs and studies that exist.
    private sealed record AttemptStates(Dictionary<Guid, (RunState State, double Progress)> Runs, Dictionary<Guid, StudyState> Studies);
}
