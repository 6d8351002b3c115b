using System.Globalization;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Studies.Comparison;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Compare;

/// <summary>Says in one sentence which setting is the best, and whether the seeds decide it.</summary>
internal static class Conclusions
{
    // Apart from usual seeds.
    private const int RepeatedSeed = 1_000_003;

    // A label of more parts is no name for a sentence.
    private const int MaximumParts = 3;
    private const int FirstParts = 2;

    private static readonly string[] MainMetrics = [MetricNames.ValidationAccuracy, MetricNames.ValidationLoss];

    /// <summary>Null while no run has a value.</summary>
    public static Conclusion? Draw(
        IReadOnlyList<MetricComparison> metrics, IReadOnlyList<RunGroup> groups, IReadOnlyList<ComparabilityNote> notes, IReadOnlyDictionary<Guid, (string Name, int Seed)> runs)
    {
        var metric = MainMetrics.Select(name => metrics.FirstOrDefault(metric => metric.Metric == name && metric.PerGroup.Count > 0)).FirstOrDefault(found => found is not null);
        if (metric is null)
        {
            return null;
        }

        var comparison = ArmComparison.Of([.. groups.Select(group => Arm(group, metric, runs))], metric.Goal);
        var ranked = comparison.Arms.Where(arm => arm.Mean is not null).Select(arm => metric.PerGroup.First(score => score.Group == arm.Name)).ToList();
        var (best, asGood) = (ranked[0], comparison.Verdict.NotDistinguishable);
        var other = ranked.Skip(1).OrderBy(score => asGood.Contains(score.Group, StringComparer.Ordinal) ? 0 : 1).FirstOrDefault();
        var pair = comparison.Pairs.FirstOrDefault(pair => other is not null && ((pair.First, pair.Second) == (best.Group, other.Group) || (pair.Second, pair.First) == (best.Group, other.Group)));
        var code = notes.Any(note => note.Severity == DiagnosisSeverity.Problem) ? ConclusionCode.NotComparable
            : other is null ? ConclusionCode.SameSettings
            : asGood.Count == 0 ? ConclusionCode.Decided
            : pair is null ? ConclusionCode.SingleSeed
            : ConclusionCode.Undecided;
        return new Conclusion
        {
            Code = code,
            Metric = metric.Metric,
            Settings = ranked.Count,
            Best = Setting(best),
            Other = other is null ? null : Setting(other),
            Undecided = asGood.Count,
            Difference = pair is null ? null : Interval(pair, best.Group, metric.Goal),
            RequiredSeeds = pair?.RequiredSeeds,
            Message = Message(code, metric.Metric, best, other, (ranked.Count, asGood.Count, pair?.RequiredSeeds), score => Name(groups.First(group => group.Key == score.Group), runs)),
        };
    }

    private static Arm Arm(RunGroup group, MetricComparison metric, IReadOnlyDictionary<Guid, (string Name, int Seed)> runs)
    {
        var values = new Dictionary<int, double>();
        foreach (var score in metric.PerRun.Where(score => score.Best is not null && group.Runs.Contains(score.Run)))
        {
            // A repetition with the same seed counts as one of its own.
            var seed = runs[score.Run].Seed;
            while (!values.TryAdd(seed, score.Best!.Value))
            {
                seed = unchecked(seed + RepeatedSeed);
            }
        }

        return new Arm { Name = group.Key, Values = values };
    }

    // How much better the best is; a pair is in the order of its own difference.
    private static ConfidenceInterval Interval(ArmPair pair, string best, MetricGoal goal)
    {
        var difference = (pair.First == best ? 1 : -1) * (goal == MetricGoal.Minimize ? -1 : 1) * pair.Difference;
        return new() { Confidence = pair.Confidence, Paired = pair.IsPaired, Low = difference - pair.HalfWidth, High = difference + pair.HalfWidth };
    }

    private static ConcludedSetting Setting(GroupScore score) => new() { Group = score.Group, N = score.N, Mean = score.Mean, Std = score.Std };

    // The label, where it is short; else the name of the only run, or the first parts of the label.
    private static string Name(RunGroup group, IReadOnlyDictionary<Guid, (string Name, int Seed)> runs) =>
        group.Parts.Count > MaximumParts
            ? group.Runs is [var only] ? $"“{runs[only].Name}”" : $"{string.Join(", ", group.Parts.Take(FirstParts).Select(part => part.Text))} and {group.Parts.Count - FirstParts} more"
            : group.Label;

    private static string Message(
        ConclusionCode code, string metric, GroupScore best, GroupScore? other, (int All, int AsGood, int? RequiredSeeds) settings, Func<GroupScore, string> nameOf)
    {
        var name = metric.Replace('_', ' ');
        if (code == ConclusionCode.NotComparable)
        {
            return "No conclusion: the runs are not comparable.";
        }

        if (other is null)
        {
            return $"{Value(metric, best)} {name} over {Seeds(best.N)} of the same settings.";
        }

        var intro = settings.All > 2 ? $"Best of {settings.All} settings: " : "";
        var seeds = best.N == other.N ? $"{(best.N == 1 ? "one seed" : Seeds(best.N))} each" : $"{Seeds(best.N)} and {Seeds(other.N)}";
        var verdict = code switch
        {
            ConclusionCode.Decided => $"{nameOf(best)} is better",
            ConclusionCode.SingleSeed => "not decided; repeat with other seeds",
            _ when best.Mean == other.Mean && settings.AsGood == 1 => "no difference",
            _ => "the difference is not significant"
                + (settings.AsGood > 1 ? $"; {settings.AsGood} of the other {settings.All - 1} settings may be as good" : "")
                + (settings.RequiredSeeds is { } needed ? $"; about {needed} seeds each would show a difference of this size" : ""),
        };
        return $"{intro}{nameOf(best)} {Value(metric, best)} versus {nameOf(other)} {Value(metric, other)} {name}, {seeds}: {verdict}.";
    }

    private static string Seeds(int count) => count == 1 ? "1 seed" : $"{count} seeds";

    private static string Value(string metric, GroupScore score)
    {
        var isShare = Comparer.Goal(metric) == MetricGoal.Maximize;
        return score.Std is { } std ? $"{Number(score.Mean)} ± {Number(std)}" : Number(score.Mean);

        string Number(double value) => value.ToString(isShare ? "0.00%" : "G4", CultureInfo.InvariantCulture);
    }
}
