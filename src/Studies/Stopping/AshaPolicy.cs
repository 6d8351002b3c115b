using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>
/// Asynchronous successive halving, ASHA (Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht, Talwalkar: A System for Massively Parallel Hyperparameter
/// Tuning, 2020, algorithm 2). A trial pauses at each rung. A free slot continues the best paused trial that is among the best 1/eta of all that reached its rung,
/// the highest rung first, and starts a new trial when there is none. A trial that fails on its way to a rung counts there with the worst value: it is never promoted,
/// and the best of the others are.
/// </summary>
internal sealed class AshaPolicy(MetricGoal goal, IReadOnlyList<int> rungs, int reductionFactor) : IStoppingPolicy
{
    public IReadOnlyList<int> Rungs => rungs;

    public TrialDecision Decide(IReadOnlyList<TrialResult> trials, int trialNumber) =>
        Stopping.Rungs.DecideAt(rungs, goal, trials.Single(trial => trial.Number == trialNumber));

    public int? Promote(IReadOnlyList<TrialResult> trials)
    {
        foreach (var epoch in rungs.Reverse())
        {
            TrialResult[] atRung = [.. trials.Where(trial => trial.At(epoch) is not null)];
            var reached = atRung.Length + trials.Count(trial => Stopping.Rungs.HasFailedBefore(rungs, trial, epoch));
            var promotable = Stopping.Rungs.Top(atRung, epoch, goal, reached / reductionFactor)
                .FirstOrDefault(trial => Stopping.Rungs.IsPausedAt(trial, epoch));
            if (promotable is not null)
            {
                return promotable.Number;
            }
        }

        return null;
    }
}
