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
    // Counting goes through the values that conditions look at; beyond this it ends, and the number is as good as infinite.
    private const long MaximumCounted = 100_000;

    public long? TrialsOf(SearchSpace space) => new Grid(space).Count(0, MaximumCounted) is var count && count > MaximumCounted ? long.MaxValue : count;

    public Assignment? Propose(SearchSpace space, IReadOnlyList<TrialResult> history, int trialNumber, int seed) => new Grid(space).At(trialNumber);

    private sealed class Grid
    {
        private readonly SearchSpace space;
        private readonly IReadOnlyList<JsonElement>[] points;

        // Of each parameter: the place of the parameter that its condition looks at, and which of its points meet the condition; null without a condition.
        private readonly (int Of, bool[] IsMet)?[] conditions;
        private readonly bool[] isLookedAt;

        // The chosen point of each parameter; -1 when it is not part of the combination.
        private readonly int[] chosen;

        public Grid(SearchSpace space)
        {
            this.space = space;
            var parameters = space.Parameters;
            points =
            [
                .. parameters.Select(parameter => ParameterRange.GridValues(parameter)
                    ?? throw new ArgumentException($"The range of '{parameter.Name}' has no points; SearchMethod.Check reports this.", nameof(space))),
            ];
            conditions = [.. parameters.Select(Condition)];
            isLookedAt = [.. parameters.Select((_, index) => conditions.Any(condition => condition?.Of == index))];
            chosen = [.. parameters.Select(_ => -1)];
        }

        public Assignment? At(long number)
        {
            for (var index = 0; index < points.Length; index++)
            {
                if (!IsActive(index))
                {
                    continue;
                }

                // Skips the combinations that start with each point.
                long combinations = 0;
                for (chosen[index] = 0; chosen[index] < points[index].Count; chosen[index]++)
                {
                    combinations = Count(index + 1, number);
                    if (number < combinations)
                    {
                        break;
                    }

                    number -= combinations;
                }

                if (chosen[index] == points[index].Count)
                {
                    return null;
                }
            }

            return number > 0 ? null : new Assignment(space.Parameters.Index().Where(parameter => chosen[parameter.Index] >= 0)
                .Select(parameter => KeyValuePair.Create(parameter.Item.Name, points[parameter.Index][chosen[parameter.Index]])));
        }

        // The number of combinations of the parameters from that place on; some number above the limit when there are more.
        public long Count(int from, long limit)
        {
            // The parameters that conditions look at decide what follows; the others only multiply.
            long factor = 1;
            for (var index = from; index < points.Length; index++)
            {
                if (!IsActive(index))
                {
                    continue;
                }

                if (!isLookedAt[index])
                {
                    factor = Times(factor, points[index].Count);
                    continue;
                }

                long sum = 0;
                for (chosen[index] = 0; chosen[index] < points[index].Count && sum <= limit; chosen[index]++)
                {
                    sum += Math.Min(Count(index + 1, limit), limit + 1);
                }

                chosen[index] = -1;
                return Times(factor, sum);
            }

            return factor;
        }

        // Saturating: 64 parameters of 1000 values are many, not a negative number.
        private static long Times(long a, long b) => Math.BigMul(a, b) is var product && product > long.MaxValue ? long.MaxValue : (long)product;

        private bool IsActive(int index) => conditions[index] is not { } condition || (chosen[condition.Of] >= 0 && condition.IsMet[chosen[condition.Of]]);

        private (int Of, bool[] IsMet)? Condition(SearchParameter parameter)
        {
            if (parameter.When is not { } condition)
            {
                return null;
            }

            var of = space.Parameters.Index().First(other => other.Item.Name == condition.Parameter).Index;
            var allowed = condition.In.Select(CanonicalJson.Text).ToHashSet(StringComparer.Ordinal);
            return (of, [.. points[of].Select(point => allowed.Contains(CanonicalJson.Text(point)))]);
        }
    }
}
