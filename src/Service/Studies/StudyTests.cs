using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Access;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

// What came of opening the test set: why not, or the limit of the owner that is reached, or whether anything changed.
internal sealed record TestOpening(string? Problem = null, ReachedLimit? Reached = null, bool Changed = false);

// Opens the test set for the trial that was chosen on the validation split: its runs are queued once more and evaluate with the weights that they have. The look is
// recorded first; a request that was interrupted is completed by the next one for the same trial.
internal sealed class StudyTests(RunsDbContext database, StudyLifecycle studies, RunLifecycle runs)
{
    public async Task<TestOpening> OpenAsync(Guid study, int number, string? requestedBy, CancellationToken cancellationToken)
    {
        var trial = await database.Trials.Where(trial => trial.StudyId == study && trial.Number == number)
            .Select(trial => new { trial.State, trial.SeedValues }).SingleOrDefaultAsync(cancellationToken);
        if (trial is null)
        {
            return new TestOpening($"There is no trial {number}.");
        }

        if (trial.State != TrialState.Completed)
        {
            return new TestOpening($"Trial {number} is {trial.State.ToWireName()}; only a completed one has a final network.");
        }

        Guid[] ids = [.. SeedValue.From(trial.SeedValues).Select(seed => seed.Run)];
        var stored = await database.Runs.Where(run => ids.Contains(run.Id)).Select(run => new { run.Id, run.State, run.Spec, run.SpecSha256 }).ToListAsync(cancellationToken);
        var specs = stored.ConvertAll(run => (run.Id, run.State, StoredSpec.Read(run.Spec).Spec, run.SpecSha256));
        if (specs.Count < ids.Length)
        {
            return new TestOpening($"A run of trial {number} was deleted.");
        }

        var waiting = specs.FindAll(run => !run.Spec.Training.EvaluateTest);
        if (waiting.Exists(run => run.State != RunState.Succeeded))
        {
            return new TestOpening($"A run of trial {number} was changed since, and has not finished.");
        }

        await studies.RecordLookAsync(study, number, requestedBy, cancellationToken);
        foreach (var (id, _, spec, sha256) in waiting)
        {
            var outcome = await runs.TestAsync(id, spec, sha256, cancellationToken);
            if (outcome is { Reached: { } reached })
            {
                return new TestOpening(Reached: reached);
            }

            if (outcome is not { Changed: true })
            {
                // A concurrent request has tested, extended or deleted it.
                return await OpenAsync(study, number, requestedBy, cancellationToken);
            }
        }

        return new TestOpening(Changed: waiting.Count > 0);
    }
}
