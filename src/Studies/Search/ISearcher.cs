using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>
/// Proposes trials. A searcher has no state: its proposal is a function of the arguments, so that a restarted study proposes the same trial.
/// </summary>
public interface ISearcher
{
    /// <summary>The number of trials after which the space is exhausted; null when there is no end.</summary>
    long? TrialsOf(SearchSpace space);

    /// <summary>Proposes a trial; null when the space is exhausted.</summary>
    /// <param name="space">A valid space.</param>
    /// <param name="history">The trials so far, those that are running included.</param>
    /// <param name="trialNumber">Number of the trial, from 0.</param>
    /// <param name="seed">Seed of the study.</param>
    Assignment? Propose(SearchSpace space, IReadOnlyList<TrialResult> history, int trialNumber, int seed);
}
