using System.Globalization;

namespace Trainyard.Studies.Comparison;

/// <summary>The verdict of a comparison as a sentence in English.</summary>
public static class VerdictText
{
    /// <summary>The sentence.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="isShare">Whether the metric is a share, such as an accuracy, whose differences are told in percentage points.</param>
    public static string From(ArmComparison comparison, bool isShare)
    {
        var verdict = comparison.Verdict;
        if (verdict.Nearest is not { } pair)
        {
            return "Not decided: two settings with at least two seeds each are needed.";
        }

        var others = comparison.Arms.Count(arm => arm.Mean is not null) - 1;
        var nearest = pair.First == verdict.Best ? pair.Second : pair.First;
        return verdict.Kind switch
        {
            VerdictKind.Better when others == 1 => $"{verdict.Best} is better than {nearest} by {Amount(pair, isShare)}, {Seeds(pair)}.",
            VerdictKind.Better => $"{verdict.Best} is better than all {others} others; than the nearest, {nearest}, by {Amount(pair, isShare)}, {Seeds(pair)}.",
            VerdictKind.AmongTheBest =>
                $"{verdict.Best} is better than {others - verdict.NotDistinguishable.Count} of {others} others, and not distinguishable from "
                + $"{string.Join(", ", verdict.NotDistinguishable)}: {Open(pair, isShare)}.",
            _ when others == 1 => $"{verdict.Best} and {nearest} are not distinguishable: {Open(pair, isShare)}.",
            _ => $"Not distinguishable: {verdict.Best} has the best mean, {Open(pair, isShare)} to {nearest}.",
        };
    }

    private static string Open(ArmPair pair, bool isShare) =>
        $"{Seeds(pair)}, difference {Amount(pair, isShare)}" + (pair.RequiredSeeds is { } seeds ? $"; about {seeds} seeds would be needed" : "");

    private static string Seeds(ArmPair pair) => $"{pair.Seeds} seeds";

    // The error has one digit, or two when it starts with 1; the difference has as many decimals.
    private static string Amount(ArmPair pair, bool isShare)
    {
        var scale = isShare ? 100 : 1;
        var (difference, error) = (Math.Abs(pair.Difference) * scale, pair.HalfWidth * scale);
        var leading = error > 0 ? error : difference;
        var digits = leading > 0 ? Math.Clamp((int)-Math.Floor(Math.Log10(leading / 2)), 0, 9) : 0;
        return $"{Show(difference)} ± {Show(error)}{(isShare ? " points" : "")}";

        string Show(double value) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }
}
