using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>
/// Synchronous successive halving (Jamieson, Talwalkar: Non-stochastic Best Arm Identification and Hyperparameter Optimization, 2016; as algorithm 1 of Li et al.,
/// 2020). The trials of a bracket wait at a rung for all of them; then the best 1/eta continue to the next, and the others end. Consecutive trials form a bracket.
/// </summary>
internal sealed class SuccessiveHalvingPolicy(MetricGoal goal, IReadOnlyList<int> rungs, int reductionFactor, int bracketTrials, int plannedTrials) : IStoppingPolicy
{
    public IReadOnlyList<int> Rungs => rungs;

    public TrialDecision Decide(IReadOnlyList<TrialResult> trials, int trialNumber) =>
        Stopping.Rungs.DecideAt(rungs, goal, trials.Single(trial => trial.Number == trialNumber));

    public int? Promote(IReadOnlyList<TrialResult> trials)
    {
        foreach (var bracket in trials.GroupBy(trial => trial.Number / bracketTrials).OrderBy(bracket => bracket.Key))
        {
            // The last bracket may be smaller.
            var size = Math.Min(bracketTrials, plannedTrials - (bracket.Key * bracketTrials));
            TrialResult[] members = [.. bracket];
            if (members.Length < size)
            {
                continue;
            }

            for (var rung = 0; rung < rungs.Count; rung++)
            {
                var epoch = rungs[rung];
                if (members.Any(trial => trial.At(epoch) is null && !trial.IsFinished))
                {
                    break;
                }

                var candidates = members.Where(trial => trial.Epochs > epoch || (trial.Epochs == epoch && !trial.IsFinished));
                members = [.. Stopping.Rungs.Top(candidates, epoch, goal, (int)(size / Math.Pow(reductionFactor, rung + 1)))];
                if (Array.Find(members, trial => Stopping.Rungs.IsPausedAt(trial, epoch)) is { } promotable)
                {
                    return promotable.Number;
                }
            }
        }

        return null;
    }
}
