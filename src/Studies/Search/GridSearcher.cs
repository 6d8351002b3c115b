using System.Text.Json;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>
/// Every combination of the parameters' values, the last parameter changing fastest. Where a condition leaves a parameter out, its values are not enumerated:
/// no combination comes twice.
/// </summary>
internal sealed class GridSearcher : ISearcher
{
    public long? TrialsOf(SearchSpace space) => Count(space, Points(space), 0, Values());

    public Assignment? Propose(SearchSpace space, IReadOnlyList<TrialResult> history, int trialNumber, int seed)
    {
        var points = Points(space);
        var values = Values();
        long rest = trialNumber;
        for (var index = 0; index < space.Parameters.Count; index++)
        {
            if (!IsActive(space, index, values))
            {
                continue;
            }

            // Skips the combinations that start with each value.
            var name = space.Parameters[index].Name;
            var found = false;
            foreach (var value in points[index])
            {
                values[name] = value;
                var combinations = Count(space, points, index + 1, values);
                if (rest < combinations)
                {
                    found = true;
                    break;
                }

                rest -= combinations;
            }

            if (!found)
            {
                return null;
            }
        }

        return rest == 0 ? space.Assign(parameter => values[parameter.Name]) : null;
    }

    private static long Count(SearchSpace space, IReadOnlyList<IReadOnlyList<JsonElement>> points, int from, Dictionary<string, JsonElement> values)
    {
        // The parameters of conditions decide what follows; the others only multiply.
        long factor = 1;
        for (var index = from; index < space.Parameters.Count; index++)
        {
            if (!IsActive(space, index, values))
            {
                continue;
            }

            var name = space.Parameters[index].Name;
            if (!space.Parameters.Any(other => other.When?.Parameter == name))
            {
                factor = Times(factor, points[index].Count);
                continue;
            }

            long sum = 0;
            foreach (var value in points[index])
            {
                values[name] = value;
                sum = Plus(sum, Count(space, points, index + 1, values));
            }

            values.Remove(name);
            return Times(factor, sum);
        }

        return factor;
    }

    // Saturating: 64 parameters of 1000 values are too many, not negative.
    private static long Times(long a, long b) => Math.BigMul(a, b) is var product && product > long.MaxValue ? long.MaxValue : (long)product;

    private static long Plus(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static bool IsActive(SearchSpace space, int index, Dictionary<string, JsonElement> values) =>
        SearchSpace.IsActive(space.Parameters[index], name => values.TryGetValue(name, out var value) ? value : null);

    private static List<IReadOnlyList<JsonElement>> Points(SearchSpace space) =>
    [
        .. space.Parameters.Select(parameter => ParameterRange.GridValues(parameter)
            ?? throw new ArgumentException($"The range of '{parameter.Name}' has no points; SearchMethod.Check reports this.", nameof(space))),
    ];

    private static Dictionary<string, JsonElement> Values() => new(StringComparer.Ordinal);
}
