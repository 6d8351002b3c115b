using MathNet.Numerics.Statistics;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>
/// Median stopping (Golovin, Solnik, Moitra, Kochanski, Karro, Sculley: Google Vizier, 2017, section 3.2.2): a trial ends after an epoch when its best value so
/// far is strictly worse than the median, over the completed trials, of the mean of their values up to that epoch.
/// </summary>
internal sealed class MedianPolicy(MetricGoal goal, int minimumEpochs, int minimumTrials) : IStoppingPolicy
{
    public IReadOnlyList<int> Rungs => [];

    public TrialDecision Decide(IReadOnlyList<TrialResult> trials, int trialNumber)
    {
        var trial = trials.Single(trial => trial.Number == trialNumber);
        var epoch = trial.Epochs;
        double[] means =
        [
            .. trials.Where(other => other.State == TrialState.Completed)
                .Select(other => other.Curve.TakeWhile(point => point.Epoch <= epoch).Select(point => goal.Loss(point.Value)).DefaultIfEmpty(double.NaN).Average())
                .Where(mean => !double.IsNaN(mean)),
        ];
        return epoch < minimumEpochs || means.Length < minimumTrials || trial.Curve.Min(point => goal.Loss(point.Value)) <= means.Median()
            ? TrialDecision.Continue
            : TrialDecision.Stop;
    }

    public int? Promote(IReadOnlyList<TrialResult> trials) => null;
}
