namespace Trainyard.Studies.Comparison;

/// <summary>Two arms of a comparison.</summary>
public sealed record ArmPair
{
    /// <summary>Name of the better arm, by this difference.</summary>
    public required string First { get; init; }

    /// <summary>Name of the other arm.</summary>
    public required string Second { get; init; }

    /// <summary>Whether the arms were compared seed by seed; else as independent samples, by Welch's test.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>Pairs; unpaired the seeds of the smaller arm.</summary>
    public required int Seeds { get; init; }

    /// <summary>Mean of the first minus mean of the second, in pairs over their common seeds.</summary>
    public required double Difference { get; init; }

    /// <summary>Half the width of the confidence interval of the difference.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>Level of that interval: 0.95, or higher when there are several comparisons.</summary>
    public required double Confidence { get; init; }

    /// <summary>Two-sided p-value of this comparison alone.</summary>
    public required double PValue { get; init; }

    /// <summary>The p-value after Holm's correction for all comparisons.</summary>
    public required double AdjustedPValue { get; init; }

    /// <summary>Whether the first is better than the second, at 5 % for all comparisons together.</summary>
    public required bool IsDistinguishable { get; init; }

    /// <summary>
    /// Seeds of each arm with which a difference of this size would be found with a probability of 80 %; null when it is distinguishable already, or when more than
    /// 10,000 would be needed.
    /// </summary>
    public required int? RequiredSeeds { get; init; }
}

/// <summary>The result of a comparison in short.</summary>
public sealed record ComparisonVerdict
{
    /// <summary>The result.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>Name of the arm with the best mean; null when no arm has a value.</summary>
    public required string? Best { get; init; }

    /// <summary>The best arm beside the one that is hardest to tell from it; null when there is none to compare with.</summary>
    public required ArmPair? Nearest { get; init; }

    /// <summary>Names of the arms that the best cannot be told from, in order of their means.</summary>
    public required IReadOnlyList<string> NotDistinguishable { get; init; }

    internal static ComparisonVerdict Of(IReadOnlyList<ArmSummary> arms, IReadOnlyList<ArmPair> pairs)
    {
        var best = arms.FirstOrDefault(arm => arm.Mean is not null)?.Name;
        ArmPair[] ofBest = [.. pairs.Where(pair => pair.First == best || pair.Second == best)];
        string[] open =
            [.. arms.Where(arm => arm.Mean is not null && arm.Name != best && !ofBest.Any(pair => pair.First == best && pair.Second == arm.Name && pair.IsDistinguishable)).Select(arm => arm.Name)];
        return new ComparisonVerdict
        {
            Kind = ofBest.Length == 0 ? VerdictKind.TooFewSeeds
                : open.Length == 0 ? VerdictKind.Better
                : ofBest.Any(pair => pair.First == best && pair.IsDistinguishable) ? VerdictKind.AmongTheBest
                : VerdictKind.NotDistinguishable,
            Best = best,
            Nearest = ofBest.OrderByDescending(pair => pair.AdjustedPValue).ThenByDescending(pair => pair.PValue).FirstOrDefault(),
            NotDistinguishable = open,
        };
    }
}

/// <summary>Kind of a verdict.</summary>
public enum VerdictKind
{
    /// <summary>The best arm is better than every other.</summary>
    Better,

    /// <summary>The best arm is better than some, and cannot be told from others.</summary>
    AmongTheBest,

    /// <summary>The best arm cannot be told from any other.</summary>
    NotDistinguishable,

    /// <summary>Fewer than two arms with two seeds.</summary>
    TooFewSeeds,
}
