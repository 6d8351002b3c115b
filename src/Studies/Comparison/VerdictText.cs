using System.Globalization;

namespace Trainyard.Studies.Comparison;

/// <summary>The verdict of a comparison as a sentence in English.</summary>
public static class VerdictText
{
    /// <summary>The sentence of a comparison of which no setting has a result.</summary>
    public const string NothingTrained = "No setting could be trained to its end, so there is nothing to compare.";

    // Names in a list; of more the first ones and a number.
    private const int MaximumNames = 3;

    /// <summary>The sentence.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="isShare">Whether the metric is a share, such as an accuracy, whose differences are told in percentage points.</param>
    public static string From(ArmComparison comparison, bool isShare)
    {
        var verdict = comparison.Verdict;
        ArmSummary[] others = [.. comparison.Arms.Where(arm => arm.Mean is not null && arm.Name != verdict.Best)];
        if (verdict.Best is null)
        {
            return NothingTrained;
        }

        var best = Quoted(verdict.Best);
        if (verdict.Nearest is not { } pair)
        {
            return others.Length == 0
                ? $"{best} is the only setting with a result, so there is nothing to compare it with."
                : $"{best} has the best value so far, but a verdict needs two settings with at least two seeds each.";
        }

        var nearest = Quoted(pair.First == verdict.Best ? pair.Second : pair.First);
        var amount = Amount(pair, isShare);
        return verdict.Kind switch
        {
            VerdictKind.Better when others.Length == 1 => $"{best} is better than {nearest} by {amount} ({pair.Seeds} seeds).",
            VerdictKind.Better => $"{best} is better than all {others.Length} others; the closest is {nearest}, worse by {amount} ({pair.Seeds} seeds).",
            VerdictKind.AmongTheBest =>
                $"{best} is better than {List(others.Select(arm => arm.Name).Except(verdict.NotDistinguishable))}, but {pair.Seeds} seeds do not separate it from "
                + $"{List(verdict.NotDistinguishable)}: from {nearest} it differs by {amount}, and {Needed(pair)}.",
            VerdictKind.NotDistinguishable when pair.Difference == 0 =>
                $"{pair.Seeds} seeds do not separate {(others.Length == 1 ? "the two" : $"the {others.Length + 1}")} settings: {best} and {nearest} have the same mean.",
            _ when others.Length == 1 => $"{pair.Seeds} seeds do not separate {best} and {nearest}: they differ by {amount}, and {Needed(pair)}.",
            _ => $"{pair.Seeds} seeds do not separate the {others.Length + 1} settings: {best} has the best mean and differs from {nearest} by {amount}, and {Needed(pair)}.",
        };
    }

    private static string Needed(ArmPair pair) =>
        pair.RequiredSeeds is { } seeds ? $"about {seeds} seeds would be needed to tell" : "no practical number of seeds would tell";

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names.Select(Quoted)];
        return all.Length == 1 ? all[0]
            : all.Length <= MaximumNames ? $"{string.Join(", ", all[..^1])} and {all[^1]}"
            : $"{string.Join(", ", all[..(MaximumNames - 1)])} and {all.Length - MaximumNames + 1} others";
    }

    // A name of several settings has commas of its own.
    private static string Quoted(string name) => name.Contains(", ", StringComparison.Ordinal) ? $"“{name}”" : name;

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
