using Trainyard.Studies.Random;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>
/// Quasi-random search: the trials are the points of a Sobol sequence (Sobol, 1967; in the order of Antonov and Saleev, 1979), which fill the space more evenly
/// than random points. Scrambled by a random digital shift, which keeps this property.
/// </summary>
internal sealed class SobolSearcher(bool scramble) : ISearcher
{
    public long? TrialsOf(SearchSpace space) => null;

    public Assignment Propose(SearchSpace space, IReadOnlyList<TrialResult> history, int trialNumber, int seed)
    {
        // A dimension for each parameter, also for those that are not part of the trial.
        var dimensions = space.Parameters.Index().ToDictionary(parameter => parameter.Item.Name, parameter => parameter.Index, StringComparer.Ordinal);
        return space.Assign(parameter => ParameterRange.FromUnit(parameter, Coordinate(dimensions[parameter.Name], trialNumber, seed)));
    }

    private double Coordinate(int dimension, int index, int seed)
    {
        var shift = scramble ? (uint)TrialRandom.Derive(seed, RandomPurpose.DigitalShift, dimension) : 0;
        return (Point(dimension, index) ^ shift) * (1.0 / (1UL << SobolDirections.Bits));
    }

    /// <summary>A coordinate of a point, as a binary fraction of 32 bits.</summary>
    internal static uint Point(int dimension, int index)
    {
        var directions = SobolDirections.Of(dimension);
        uint point = 0;
        var gray = (uint)(index ^ (index >> 1));
        for (var bit = 0; gray != 0; bit++, gray >>= 1)
        {
            point ^= (gray & 1) != 0 ? directions[bit] : 0;
        }

        return point;
    }
}
