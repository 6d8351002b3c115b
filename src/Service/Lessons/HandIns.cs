using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Access;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Lessons;

/// <summary>Runs that were handed in for a lesson. They are ranked on validation; the test set is opened once, for all of them.</summary>
internal sealed class HandIns(RunsDbContext database, LessonFactsReader facts, RunLifecycle runs)
{
    /// <summary>The runs that were handed in, the best one first.</summary>
    public async Task<HandInList> ReadAsync(Lesson lesson, CancellationToken cancellationToken)
    {
        var opening = await database.LessonOpenings.SingleOrDefaultAsync(row => row.Lesson == lesson.Id, cancellationToken);
        var rows = await (
            from handIn in database.LessonHandIns
            join run in database.Runs on handIn.RunId equals run.Id
            from accuracy in database.MetricSummaries.Where(row => row.RunId == run.Id && row.Metric == MetricNames.ValidationAccuracy).DefaultIfEmpty()
            where handIn.Lesson == lesson.Id
            select new { handIn.RunId, handIn.HandedInBy, handIn.At, run.Name, run.State, run.ElapsedSeconds, accuracy.Latest }).ToListAsync(cancellationToken);
        // Before the opening no test score is told, not even of a run that has one.
        var tests = opening is null ? [] : await facts.TestsAsync([.. rows.Select(row => row.RunId)], cancellationToken);
        return new HandInList
        {
            OpenedAt = opening?.At,
            OpenedBy = opening?.OpenedBy,
            Items =
            [
                .. rows.OrderByDescending(row => row.Latest ?? 0).ThenBy(row => row.At).Select(row => new HandInEntry
                {
                    Run = row.RunId,
                    Name = row.Name,
                    State = row.State,
                    HandedInBy = row.HandedInBy,
                    At = row.At,
                    ValidationAccuracy = row.Latest,
                    TestAccuracy = tests.TryGetValue(row.RunId, out var accuracy) ? accuracy : null,
                    Seconds = row.ElapsedSeconds,
                }),
            ],
        };
    }

    public Task<bool> IsOpenedAsync(Lesson lesson, CancellationToken cancellationToken) =>
        database.LessonOpenings.AnyAsync(row => row.Lesson == lesson.Id, cancellationToken);

    /// <summary>Hands a run in; handing it in again changes nothing.</summary>
    public Task AddAsync(Lesson lesson, Guid run, string? by, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"insert into lesson_hand_ins (lesson, run_id, handed_in_by) values ({lesson.Id}, {run}, {by}) on conflict do nothing", cancellationToken);

    /// <summary>Records the opening, and queues the runs that have no test score for the evaluation of the test set. Returns the limit that ended it early: a repeated request goes on.</summary>
    public async Task<ReachedLimit?> OpenAsync(Lesson lesson, string? by, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync(
            $"insert into lesson_openings (lesson, opened_by) values ({lesson.Id}, {by}) on conflict do nothing", cancellationToken);
        var waiting = await (
            from handIn in database.LessonHandIns
            join run in database.Runs on handIn.RunId equals run.Id
            where handIn.Lesson == lesson.Id && run.State == RunState.Succeeded
            select new { run.Id, run.Spec }).ToListAsync(cancellationToken);
        foreach (var run in waiting)
        {
            var spec = StoredSpec.Read(run.Spec).Spec;
            if (!spec.Training.EvaluateTest
                && await runs.TestAsync(run.Id, spec with { Training = spec.Training with { EvaluateTest = true } }, cancellationToken) is { Reached: { } reached })
            {
                return reached;
            }
        }

        return null;
    }
}
