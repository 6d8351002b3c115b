using System.Text.Json;
using Trainyard.Studies.Random;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kegl: Algorithms for Hyper-Parameter Optimization, 2011, section 4; Bergstra, Yamins, Cox: Making
/// a Science of Model Search, 2013). The trials are split into the best, with density l, and the others, with density g; of some candidates drawn from l, the one
/// with the highest l / g is proposed, which is the one with the highest expected improvement.
/// </summary>
/// <remarks>
/// Trials that are running count among the others: as if they were bad, so that parallel trials do not crowd (the constant liar of Ginsbourger, Le Riche, Carraro,
/// 2010). Stopped trials rank behind the completed ones, those that got further first. Trials that failed or diverged and those whose spec is invalid have an infinite
/// loss: they rank last, count in the quantile, and are never among the best, so that l / g is low where trials fail. The size of the best group is that of Bergstra et
/// al., 2013: a tenth, at most 25.
/// </remarks>
internal sealed class TpeSearcher(MetricGoal goal, int startupTrials, int candidates, bool multivariate) : ISearcher
{
    private const double BestShare = 0.1;
    private const int MaximumBest = 25;

    private readonly RandomSearcher startup = new();

    public long? TrialsOf(SearchSpace space) => null;

    public Assignment Propose(SearchSpace space, IReadOnlyList<TrialResult> history, int trialNumber, int seed)
    {
        TrialResult[] ranked = [.. Ranked(history)];
        if (trialNumber < startupTrials || ranked.Length < startupTrials)
        {
            return startup.Propose(space, history, trialNumber, seed);
        }

        var bestCount = Math.Min((int)Math.Ceiling(BestShare * ranked.Length), MaximumBest);
        TrialResult[] best = [.. ranked.Take(bestCount).Where(trial => !IsWorst(trial)).OrderBy(trial => trial.Number)];
        var bestNumbers = best.Select(trial => trial.Number).ToHashSet();
        TrialResult[] others = [.. history.Where(trial => !trial.IsCancelled && !bestNumbers.Contains(trial.Number)).OrderBy(trial => trial.Number)];

        var random = TrialRandom.Stream(seed, RandomPurpose.Proposal, trialNumber);
        var chosen = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var group in Groups(space))
        {
            // Also for those that are not part of the trial, so that a condition does not shift the random numbers of the others.
            foreach (var (name, value) in Choose(group, best, others, random))
            {
                chosen[name] = value;
            }
        }

        return space.Assign(parameter => chosen[parameter.Name]);
    }

    // Parameters that are modelled together. Only trials that have all of them tell about a group.
    private IEnumerable<SearchParameter[]> Groups(SearchSpace space)
    {
        SearchParameter[] joint = multivariate ? [.. space.Parameters.Where(parameter => parameter.When is null)] : [];
        return (joint.Length == 0 ? [] : new[] { joint }).Concat(space.Parameters.Except(joint).Select(parameter => new[] { parameter }));
    }

    private IEnumerable<(string Name, JsonElement Value)> Choose(SearchParameter[] group, TrialResult[] best, TrialResult[] others, System.Random random)
    {
        var l = ParzenEstimator.Of(group, best);
        var g = ParzenEstimator.Of(group, others);
        var (bestScore, bestPoint) = (double.NegativeInfinity, l.Sample(random));
        for (var candidate = 0; candidate < candidates; candidate++)
        {
            var point = candidate == 0 ? bestPoint : l.Sample(random);
            var score = l.LogDensity(point) - g.LogDensity(point);
            if (score > bestScore)
            {
                (bestScore, bestPoint) = (score, point);
            }
        }

        return group.Select((parameter, index) => (parameter.Name, l.ValueOf(index, bestPoint[index])));
    }

    // Those that tell something about their values, the best first.
    private IEnumerable<TrialResult> Ranked(IReadOnlyList<TrialResult> history) => history
        .Select(trial => (Trial: trial, Rank: RankOf(trial))).Where(trial => trial.Rank is not null).OrderBy(trial => trial.Rank).ThenBy(trial => trial.Trial.Number)
        .Select(trial => trial.Trial);

    private (int Group, int EpochsMissing, double Loss)? RankOf(TrialResult trial) =>
        IsWorst(trial) ? (2, 0, double.PositiveInfinity)
        : trial.State == TrialState.Completed ? (0, 0, goal.Loss(trial.Value!.Value))
        : trial is { State: TrialState.Stopped or TrialState.Paused, Curve.Count: > 0 } ? (1, -trial.Epochs, goal.Loss(trial.Curve[^1].Value))
        : null;

    private static bool IsWorst(TrialResult trial) => trial.IsFailure || trial.State == TrialState.Infeasible;
}
