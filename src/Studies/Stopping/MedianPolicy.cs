using System.Runtime.CompilerServices;
using MathNet.Numerics.Statistics;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>
/// Median stopping (Golovin, Solnik, Moitra, Kochanski, Karro, Sculley: Google Vizier, 2017, section 3.2.2): a trial ends after an epoch when its best value so
/// far is strictly worse than the median, over the completed trials, of the mean of their values up to that epoch. A curve that has diverged has the worst mean; a
/// trial whose last value is not finite ends, whatever it reached before.
/// </summary>
internal sealed class MedianPolicy(MetricGoal goal, int minimumEpochs, int minimumTrials) : IStoppingPolicy
{
    // Of a curve: after each of its points the mean of the values so far. Curves of ended trials are asked for at every epoch of every later trial.
    private static readonly ConditionalWeakTable<IReadOnlyList<IntermediateValue>, double[]> RunningMeans = new();

    public IReadOnlyList<int> Rungs => [];

    public TrialDecision Decide(IReadOnlyList<TrialResult> trials, int trialNumber)
    {
        var trial = trials.Single(trial => trial.Number == trialNumber);
        var epoch = trial.Epochs;
        double[] means =
        [
            .. trials.Where(other => other.State == TrialState.Completed)
                .Select(other => (Means: RunningMeans.GetValue(other.Curve, Means), Count: other.Reported(epoch)))
                .Where(other => other.Count > 0).Select(other => goal.Loss(other.Means[other.Count - 1])),
        ];
        return epoch < minimumEpochs || means.Length < minimumTrials ? TrialDecision.Continue
            : double.IsFinite(trial.Curve[^1].Value) && trial.Curve.Min(point => goal.Loss(point.Value)) <= means.Median() ? TrialDecision.Continue
            : TrialDecision.Stop;
    }

    public int? Promote(IReadOnlyList<TrialResult> trials) => null;

    // Not finite from the first value that is not.
    private static double[] Means(IReadOnlyList<IntermediateValue> curve)
    {
        var means = new double[curve.Count];
        var sum = 0.0;
        for (var index = 0; index < means.Length; index++)
        {
            sum += curve[index].Value;
            means[index] = sum / (index + 1);
        }

        return means;
    }
}
