using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>The rungs of successive halving: resource r * eta^(s + k) at rung k, up to the length of training.</summary>
internal static class Rungs
{
    public static IReadOnlyList<int> Of(int minimumEpochs, int reductionFactor, int earlyStoppingRate, int maximumEpochs)
    {
        List<int> rungs = [];
        for (var epoch = minimumEpochs * Math.Pow(reductionFactor, earlyStoppingRate); epoch < maximumEpochs; epoch *= reductionFactor)
        {
            rungs.Add((int)epoch);
        }

        return rungs;
    }

    // A trial at a rung pauses; one that has diverged can never be promoted, and ends.
    public static TrialDecision DecideAt(IReadOnlyList<int> rungs, MetricGoal goal, TrialResult trial) =>
        !rungs.Contains(trial.Epochs) ? TrialDecision.Continue
        : double.IsFinite(goal.Loss(trial.Curve[^1].Value)) ? TrialDecision.Pause
        : TrialDecision.Stop;

    /// <summary>Whether training failed after the rung before that one, or before the first.</summary>
    public static bool HasFailedBefore(IReadOnlyList<int> rungs, TrialResult trial, int epoch) =>
        trial is { State: TrialState.Failed, IsFailure: true } && trial.Epochs < epoch && !rungs.Any(rung => trial.Epochs < rung && rung < epoch);

    /// <summary>Whether the trial waits at that rung.</summary>
    public static bool IsPausedAt(TrialResult trial, int epoch) => trial.State == TrialState.Paused && trial.Epochs == epoch;

    /// <summary>The best trials at a rung; the earlier one of two that are equal.</summary>
    public static IEnumerable<TrialResult> Top(IEnumerable<TrialResult> atRung, int epoch, MetricGoal goal, int count) => atRung
        .OrderBy(trial => goal.Loss(trial.At(epoch)!.Value)).ThenBy(trial => trial.Number).Take(count);
}
