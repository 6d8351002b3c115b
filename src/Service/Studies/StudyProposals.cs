using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage;
using Trainyard.Service.Access;
using Trainyard.Service.Queue;
using Trainyard.Service.Runs;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>Fills the free slots of a study: promotes trials that wait at a rung, then proposes new ones.</summary>
internal sealed class StudyProposals(RunWriter writer, SpecLimitSource limitSource)
{
    // Runs that one transaction stores, more or less; and runs of a study that train or wait in the queue.
    private const int RunsAtOnce = 64;
    private const int MaximumActiveRuns = 256;

    // Returns whether there may be more to do at once: further proposals, or epochs that a promoted trial has trained already.
    public async Task<bool> FillAsync(
        LockedStudy study, IStoppingPolicy? policy, IReadOnlyCollection<TrialResult> ended, StudyStore store, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        study.WaitsFor = null;
        study.EndReason = ReachedBudget(study);
        var definition = study.Definition;
        var searcher = definition.CreateSearcher();
        SpecLimits? limits = null;
        var capacity = await CapacityAsync(study, store, cancellationToken);
        var hasPromoted = false;
        for (var stored = 0; Active(study) < capacity;)
        {
            if (policy?.Promote(Results(study, ended)) is { } promoted)
            {
                var trial = study.Open.Find(trial => trial.Number == promoted)!;
                (trial.State, trial.Hold, trial.IsChanged) = (TrialState.Running, TrialHold.Release, true);
                hasPromoted = true;
                continue;
            }

            if (study.EndReason is not null || study.Proposed >= study.Trials || MustWait(study, policy))
            {
                return hasPromoted;
            }

            if (stored >= RunsAtOnce)
            {
                return true;
            }

            stored += definition.Seeds.Count;

            if (searcher.Propose(definition.Space, KnownTo(study, policy, ended), study.Proposed, definition.Seed) is not { } assignment)
            {
                // The space is exhausted.
                study.Trials = study.Proposed;
                return false;
            }

            limits ??= await limitSource.CurrentAsync(cancellationToken);
            if (await AddAsync(study, assignment, limits, store, transaction, cancellationToken) is { } reached)
            {
                study.WaitsFor = JsonNamingPolicy.CamelCase.ConvertName(reached.Setting);
                return false;
            }
        }

        return hasPromoted;
    }

    private static int Active(LockedStudy study) => study.Open.Count(trial => trial is { HasEnded: false, State: TrialState.Running });

    // Where the connected workers have no more slots than the study may use, the next trial of each slot waits in the queue already: a slot goes on without waiting
    // for a step.
    private static async Task<int> CapacityAsync(LockedStudy study, StudyStore store, CancellationToken cancellationToken)
    {
        var parallelism = Math.Clamp(study.Definition.Parallelism, 1, Math.Max(1, MaximumActiveRuns / 2 / study.Definition.Seeds.Count));
        return study.Definition.Stopping is null && await store.SlotsAsync(study.Definition.Queue, RunQueue.AliveWithin, cancellationToken) <= parallelism * study.Definition.Seeds.Count
            ? 2 * parallelism
            : parallelism;
    }

    // A proposal that needs results waits until all trials whose results it is to know have ended. With rungs trials wait for each other, so it takes what there is.
    private static bool MustWait(LockedStudy study, IStoppingPolicy? policy) => study.Definition.UsesHistory && policy is not { Rungs.Count: > 0 }
        && study.Open.Exists(trial => !trial.HasEnded && trial.Number <= study.Proposed - study.Definition.Window);

    private static List<TrialResult> KnownTo(LockedStudy study, IStoppingPolicy? policy, IReadOnlyCollection<TrialResult> ended)
    {
        if (!study.Definition.UsesHistory)
        {
            return [];
        }

        var results = Results(study, ended);
        return policy is { Rungs.Count: > 0 } ? results
            : [.. results.Select(trial => trial.Number <= study.Proposed - study.Definition.Window ? trial : trial with { State = TrialState.Running, Curve = [], Value = null })];
    }

    private static List<TrialResult> Results(LockedStudy study, IReadOnlyCollection<TrialResult> ended) =>
        [.. ended.Concat(study.Infeasible).Concat(study.Open.Select(trial => trial.ToResult())).OrderBy(trial => trial.Number)];

    private static string? ReachedBudget(LockedStudy study) =>
        study.Seconds + study.Open.Sum(trial => trial.Seconds) >= study.Definition.Budget.Seconds ? "seconds"
        : study.Flops + study.Open.Sum(trial => trial.Flops) >= study.Definition.Budget.Flops ? "flops"
        : null;

    // Stores the next trial with its runs. Returns the limit of its owner that it exceeds; then nothing is stored.
    private async Task<ReachedLimit?> AddAsync(
        LockedStudy study, Assignment assignment, SpecLimits limits, StudyStore store, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        const string BeforeTrial = "before_trial";
        var number = study.Proposed;
        var specs = study.Definition.Seeds.Select(seed => TrialSpec.Read(study.Definition, study.Name, number, assignment, seed, limits)).ToList();
        if (specs.Find(spec => !spec.IsValid) is { } invalid)
        {
            await store.InsertAsync(study.Id, number, TrialState.Infeasible, assignment, 0, 0, TrialProblem.Of(invalid.Findings), cancellationToken);
            study.Infeasible.Add(new TrialResult { Number = number, Assignment = assignment, State = TrialState.Infeasible });
            study.Proposed++;
            return null;
        }

        var (spec, plan) = (specs[0].Spec!, specs[0].Plan!);
        var samples = spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples);
        var flops = TrainingCost.FlopsPerEpoch(plan, samples) * specs.Count;
        await transaction.CreateSavepointAsync(BeforeTrial, cancellationToken);
        await store.InsertAsync(study.Id, number, TrialState.Running, assignment, spec.Training.Epochs, flops, null, cancellationToken);
        foreach (var run in specs)
        {
            if (await writer.AddAsync(run.Spec!, run.Plan!, study.CreatedBy, new TrialOrigin(study.Id, number), transaction, cancellationToken) is { } reached)
            {
                await transaction.RollbackToSavepointAsync(BeforeTrial, cancellationToken);
                return reached;
            }
        }

        study.Open.Add(new OpenTrial
        {
            Number = number, Assignment = assignment, State = TrialState.Running, Epochs = spec.Training.Epochs, EpochFlops = flops, Decided = 0, Hold = null,
        });
        study.Proposed++;
        return null;
    }
}

/// <summary>The spec of a run of a trial.</summary>
internal static class TrialSpec
{
    /// <summary>Reads it, with a finding for each pointer that leads to no place in the base spec.</summary>
    public static SpecReading Read(StudyDefinition definition, string name, int trial, Assignment assignment, int seed, SpecLimits limits)
    {
        var applied = definition.SpecOf(name, trial, assignment, seed);
        return applied.MissingPointers.Count > 0
            ? new SpecReading
            {
                Spec = null,
                Plan = null,
                Findings = [.. applied.MissingPointers.Select(pointer => Specs.Findings.SpecFinding.Error(pointer, null, Specs.Findings.SpecFindingCode.UnknownPath))],
            }
            : SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(applied.Document), limits);
    }
}
