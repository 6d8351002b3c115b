using System.Globalization;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Service.Compare;

/// <summary>Says in one sentence which setting is the best, and whether the seeds decide it.</summary>
internal static class Conclusions
{
    private static readonly string[] MainMetrics = [MetricNames.ValidationAccuracy, MetricNames.ValidationLoss];

    /// <summary>Null while no run has a value.</summary>
    public static Conclusion? Draw(IReadOnlyList<MetricComparison> metrics, IReadOnlyList<RunGroup> groups, IReadOnlyList<ComparabilityNote> notes)
    {
        var metric = MainMetrics.Select(name => metrics.FirstOrDefault(metric => metric.Metric == name && metric.PerGroup.Count > 0)).FirstOrDefault(found => found is not null);
        if (metric is null)
        {
            return null;
        }

        var isLess = metric.Goal == MetricGoal.Min;
        GroupScore[] ranked = [.. metric.PerGroup.OrderBy(score => isLess ? score.Mean : -score.Mean)];
        var (best, others) = (ranked[0], ranked[1..]);
        GroupScore[] asGood = [.. others.Where(other => Better(best, other, isLess) is not { Low: > 0 })];
        var compared = asGood.Concat(others).FirstOrDefault();
        var code = notes.Any(note => note.Severity == DiagnosisSeverity.Problem) ? ConclusionCode.NotComparable
            : compared is null ? ConclusionCode.SameSettings
            : asGood.Length == 0 ? ConclusionCode.Decided
            : best.N < 2 || compared.N < 2 ? ConclusionCode.SingleSeed
            : ConclusionCode.Undecided;
        return new Conclusion
        {
            Code = code,
            Metric = metric.Metric,
            Settings = ranked.Length,
            Best = Setting(best),
            Other = compared is null ? null : Setting(compared),
            Undecided = asGood.Length,
            Difference = compared is null ? null : Better(best, compared, isLess),
            Message = Message(code, metric.Metric, best, compared, (ranked.Length, asGood.Length), groups),
        };
    }

    // How much better the mean of the first is.
    private static ConfidenceInterval? Better(GroupScore best, GroupScore other, bool isLess) =>
        WelchInterval.OfDifference(best, other) is not { } interval ? null
        : isLess ? new() { Low = -interval.High, High = -interval.Low }
        : interval;

    private static ConcludedSetting Setting(GroupScore score) => new() { Group = score.Group, N = score.N, Mean = score.Mean, Std = score.Std };

    private static string Message(
        ConclusionCode code, string metric, GroupScore best, GroupScore? other, (int All, int AsGood) settings, IReadOnlyList<RunGroup> groups)
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
            ConclusionCode.Decided => $"{Label(best)} is better",
            ConclusionCode.SingleSeed => "not decided; repeat with other seeds",
            _ when settings.AsGood > 1 => $"within the spread, not decided; {settings.AsGood} of the other {settings.All - 1} settings may be as good",
            _ => "within the spread, not decided",
        };
        return $"{intro}{Label(best)} {Value(metric, best)} versus {Label(other)} {Value(metric, other)} {name}, {seeds}: {verdict}.";

        string Label(GroupScore score) => groups.First(group => group.Key == score.Group).Label;
    }

    private static string Seeds(int count) => count == 1 ? "1 seed" : $"{count} seeds";

    private static string Value(string metric, GroupScore score)
    {
        var isShare = Comparer.Goal(metric) == MetricGoal.Max;
        return (score.Std is { } std ? $"{Number(score.Mean)} ± {Number(std)}" : Number(score.Mean)) + (isShare ? " %" : "");

        string Number(double value) => isShare ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
