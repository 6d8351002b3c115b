using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

// One step of a study, in one transaction: ends trials whose runs are over, asks early stopping about new epochs, proposes trials while there are free slots,
// and ends the study. What follows for runs that exist is returned, and carried out afterwards by the actions that users have; after a crash in between the
// next step returns it again. A step without news changes nothing.
internal sealed class StudyStep(RunsDbContext database, StudyProposals proposals, StudyHistory history)
{
    /// <summary>What the runs of a study are to do now; null when the study has ended, or another process works on it.</summary>
    public async Task<StepOutcome?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        // Nothing here is repeated by itself, and a run that is refused takes a savepoint of its own.
        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var native = (NpgsqlTransaction)transaction.GetDbTransaction();
        var store = new StudyStore(native);
        if (await store.LockAsync(id, cancellationToken) is not { } study)
        {
            return null;
        }

        var before = (study.State, study.EndReason, study.WaitsFor, study.Trials, study.Proposed);
        await store.ReadOpenAsync(study, cancellationToken);
        await EndTrialsAsync(study, store, cancellationToken);
        var ended = NeedsHistory(study) ? await history.ReadAsync(native, id, cancellationToken) : [];
        var policy = study.Definition.CreatePolicy(study.Trials);
        if (policy is not null)
        {
            await store.ReadCurvesAsync(study, [.. study.Open.Where(trial => !trial.HasEnded)], cancellationToken);
            Decide(study, policy, ended);
        }

        HoldOrRelease(study);
        var hasMore = study.State == StudyState.Running && await proposals.FillAsync(study, policy, ended, store, transaction, cancellationToken);
        var leftover = await store.LeftoverAsync(id, cancellationToken);
        EndStudy(study, leftover.Count > 0);
        await store.SaveAsync(study, before, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (study.State.HasEnded())
        {
            history.Forget(id);
        }

        return new StepOutcome([.. Orders(study), .. leftover.Where(run => !run.CancelRequested).Select(run => new RunOrder(run.Id, RunOrderKind.Cancel))], hasMore);
    }

    private static bool NeedsHistory(LockedStudy study) => study.Definition.UsesHistory || study.Definition.Stopping is not null;

    private static async Task EndTrialsAsync(LockedStudy study, StudyStore store, CancellationToken cancellationToken)
    {
        OpenTrial[] over = [.. study.Open.Where(trial => trial.AreRunsOver)];
        if (over.Length == 0)
        {
            return;
        }

        await store.ReadCurvesAsync(study, over, cancellationToken);
        await store.ReadValuesAsync(study, over, cancellationToken);
        foreach (var trial in over)
        {
            var isComplete = trial.Runs.Count == study.Definition.Seeds.Count && trial.Runs.TrueForAll(run => run.State == RunState.Succeeded);
            trial.Decided = trial.Curve.Count > 0 ? trial.Curve[^1].Epoch : trial.Decided;
            trial.Problem = isComplete ? null : TrialProblem.Of(trial.Runs);
            trial.End(isComplete ? TrialState.Completed : TrialState.Failed);
        }
    }

    // The policy is asked after every epoch, in order, however late the epochs are seen: its decisions do not depend on when this runs.
    private static void Decide(LockedStudy study, IStoppingPolicy policy, IReadOnlyCollection<TrialResult> ended)
    {
        foreach (var trial in study.Open.Where(trial => trial is { HasEnded: false, State: TrialState.Running }))
        {
            foreach (var point in trial.Curve.Where(point => point.Epoch > trial.Decided && point.Epoch < trial.Epochs))
            {
                (trial.Decided, trial.IsChanged) = (point.Epoch, true);
                var decision = policy.Decide([.. ended, .. study.Open.Select(other => other.ToResult())], trial.Number);
                if (decision == TrialDecision.Stop)
                {
                    trial.Value = Finite(point.Value);
                    trial.End(TrialState.Stopped);
                }
                else if (decision == TrialDecision.Pause)
                {
                    trial.State = TrialState.Paused;
                }

                if (decision != TrialDecision.Continue)
                {
                    break;
                }
            }
        }
    }

    private static void HoldOrRelease(LockedStudy study)
    {
        foreach (var trial in study.Open.Where(trial => !trial.HasEnded))
        {
            var hold = trial.State == TrialState.Paused ? null
                : study.State == StudyState.Paused ? TrialHold.Study
                : trial.Hold == TrialHold.Study ? TrialHold.Release
                : trial.Hold == TrialHold.Release && !trial.Runs.Exists(run => run.State is RunState.Pausing or RunState.Paused) ? null
                : trial.Hold;
            trial.IsChanged |= hold != trial.Hold;
            trial.Hold = hold;
        }
    }

    // Without a trial in training or to be started: what waits at a rung is never promoted. The study has ended when no run of it goes on.
    private static void EndStudy(LockedStudy study, bool hasLeftover)
    {
        var open = study.Open.Where(trial => !trial.HasEnded).ToList();
        var startsTrials = study.State == StudyState.Running && study.Proposed < study.Trials && study.EndReason is null;
        if (study.State == StudyState.Paused || startsTrials || open.Exists(trial => trial.State == TrialState.Running))
        {
            return;
        }

        foreach (var trial in study.State == StudyState.Cancelling ? [] : open)
        {
            trial.Value = trial.Curve.LastOrDefault(point => point.Epoch <= trial.Decided) is { Epoch: > 0 } last ? Finite(last.Value) : null;
            trial.End(TrialState.Stopped);
        }

        if (hasLeftover || study.Open.Exists(trial => trial.Runs.Exists(run => !run.State.IsTerminal())))
        {
            return;
        }

        var useful = study.Useful + study.Open.Count(trial => trial is { HasEnded: true, State: TrialState.Completed or TrialState.Stopped });
        study.State = study.State switch
        {
            StudyState.Cancelling => StudyState.Cancelled,
            StudyState.Stopping => StudyState.Stopped,
            _ => useful > 0 ? StudyState.Completed : StudyState.Failed,
        };
    }

    private static IEnumerable<RunOrder> Orders(LockedStudy study)
    {
        foreach (var trial in study.Open)
        {
            var neverStarted = trial.Runs.TrueForAll(run => run.Attempt == 0);
            foreach (var run in trial.Runs.Where(run => !run.State.IsTerminal() && !run.CancelRequested))
            {
                RunOrderKind? kind = trial.HasEnded || study.State == StudyState.Cancelling || (study.State == StudyState.Stopping && neverStarted) ? RunOrderKind.Cancel
                    : trial.State == TrialState.Paused || trial.Hold == TrialHold.Study ? run.State switch
                    {
                        RunState.Queued => RunOrderKind.Hold,
                        RunState.Running => RunOrderKind.Pause,
                        _ => null,
                    }
                    : (trial.Hold == TrialHold.Release || study.State == StudyState.Stopping) && run.State == RunState.Paused ? RunOrderKind.Resume
                    : null;
                if (kind is { } order)
                {
                    yield return new RunOrder(run.Id, order);
                }
            }
        }
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>What follows from a step.</summary>
/// <param name="Orders">What runs are to do now.</param>
/// <param name="HasMore">Whether there are still free slots: the next step proposes further trials.</param>
internal sealed record StepOutcome(IReadOnlyList<RunOrder> Orders, bool HasMore);

internal static class StudyStates
{
    public static string ToWireName(this StudyState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    public static bool HasEnded(this StudyState state) => state is StudyState.Completed or StudyState.Stopped or StudyState.Cancelled or StudyState.Failed;
}
