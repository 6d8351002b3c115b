using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Comparison;

/// <summary>A comparison of arms: which is better, by how much, and how sure that is.</summary>
public sealed record ArmComparison
{
    /// <summary>Level at which the probability of any wrong claim in the comparison is held.</summary>
    public const double Significance = 0.05;

    /// <summary>The arms, the best mean first; those without a value last.</summary>
    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    /// <summary>Every two arms that can be compared, the better first.</summary>
    public required IReadOnlyList<ArmPair> Pairs { get; init; }

    /// <summary>The result in short.</summary>
    public required ComparisonVerdict Verdict { get; init; }

    /// <summary>Compares arms on a metric.</summary>
    /// <param name="arms">The arms; their names differ.</param>
    /// <param name="goal">Goal of the metric.</param>
    public static ArmComparison Of(IReadOnlyList<Arm> arms, MetricGoal goal)
    {
        ArmSummary[] summaries = [.. arms.Select(arm => ArmSummary.Of(arm)).OrderBy(arm => arm.Mean is { } mean ? goal.Loss(mean) : double.PositiveInfinity)];
        var byName = arms.ToDictionary(arm => arm.Name, StringComparer.Ordinal);
        (ArmSummary First, ArmSummary Second, MeanDifference Difference)[] tests =
        [
            .. summaries.SelectMany((first, index) => summaries.Skip(index + 1)
                .Select(second => (First: first, Second: second, Difference: MeanDifference.Between(byName[first.Name], byName[second.Name]))))
                .Where(test => test.Difference is not null)
                .Select(test => goal.Loss(test.Difference!.Difference) > 0 ? (test.Second, test.First, test.Difference.Reversed()) : (test.First, test.Second, test.Difference)),
        ];
        var steps = Holm([.. tests.Select(test => test.Difference.PValue)]);
        ArmPair[] pairs = [.. tests.Zip(steps, (test, step) => Pair(test.First, test.Second, test.Difference, step))];
        return new ArmComparison { Arms = summaries, Pairs = pairs, Verdict = ComparisonVerdict.Of(summaries, pairs) };
    }

    /// <summary>
    /// Holm's step-down correction (Holm: A Simple Sequentially Rejective Multiple Test Procedure, 1979): for each p-value, the adjusted one and the level of the
    /// step that decides it. An interval of that level contains zero exactly when the difference is not significant.
    /// </summary>
    internal static IReadOnlyList<HolmStep> Holm(double[] pValues)
    {
        var result = new HolmStep[pValues.Length];
        var (adjusted, level) = (0.0, Significance);
        var isOpen = true;
        foreach (var (rank, index) in Enumerable.Range(0, pValues.Length).OrderBy(index => pValues[index]).Index())
        {
            var remaining = pValues.Length - rank;
            adjusted = Math.Max(adjusted, Math.Min(1, pValues[index] * remaining));

            // The first step that keeps its hypothesis keeps all that follow.
            level = isOpen ? Significance / remaining : level;
            isOpen &= pValues[index] <= level;
            result[index] = new HolmStep(adjusted, level, isOpen);
        }

        return result;
    }

    private static ArmPair Pair(ArmSummary first, ArmSummary second, MeanDifference difference, HolmStep step) => new()
    {
        First = first.Name,
        Second = second.Name,
        IsPaired = difference.IsPaired,
        Seeds = difference.Seeds,
        Difference = difference.Difference,
        HalfWidth = difference.HalfWidth(step.Level),
        Confidence = 1 - step.Level,
        PValue = difference.PValue,
        AdjustedPValue = step.AdjustedPValue,
        IsDistinguishable = step.IsSignificant,
        RequiredSeeds = step.IsSignificant ? null : difference.RequiredSeeds(step.Level),
    };
}

/// <summary>A step of Holm's correction.</summary>
/// <param name="AdjustedPValue">To be compared with <see cref="ArmComparison.Significance"/>.</param>
/// <param name="Level">What the p-value itself was compared with.</param>
/// <param name="IsSignificant">Whether the hypothesis of no difference is rejected.</param>
internal sealed record HolmStep(double AdjustedPValue, double Level, bool IsSignificant);
