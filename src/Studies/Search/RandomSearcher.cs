using Trainyard.Studies.Random;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>Random search (Bergstra, Bengio: Random Search for Hyper-Parameter Optimization, 2012): every trial is drawn independently of the others.</summary>
internal sealed class RandomSearcher : ISearcher
{
    public long? TrialsOf(SearchSpace space) => null;

    public Assignment Propose(SearchSpace space, IReadOnlyList<TrialResult> history, int trialNumber, int seed)
    {
        // A number for every parameter, also for those that are not part of the trial: a condition does not shift the values of the others.
        var random = TrialRandom.Stream(seed, RandomPurpose.Proposal, trialNumber);
        var units = space.Parameters.ToDictionary(parameter => parameter.Name, _ => random.NextDouble(), StringComparer.Ordinal);
        return space.Assign(parameter => ParameterRange.FromUnit(parameter, units[parameter.Name]));
    }
}
