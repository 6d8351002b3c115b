using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Compare;

/// <summary>Compares runs; a pure function of what <see cref="ComparisonReader"/> has read.</summary>
internal static class Comparer
{
    public static Comparison Compare(IReadOnlyList<ComparisonInput> runs)
    {
        var specs = new SpecTable([.. runs.Select(run => run.Spec)]);
        var factors = Factor.Find(specs);
        var groups = RunGroups.Create(runs, factors);
        IReadOnlyList<MetricComparison> metrics = [.. MetricNames.All.Where(metric => Goal(metric) is not null).Select(metric => Metric(metric, runs, groups))
            .Where(metric => metric.PerRun.Count > 0)];
        var notes = Comparability.Evaluate(runs, groups, factors);
        return new Comparison
        {
            Runs = [.. runs.Select(run => run.Run)],
            Differences = Differences(runs, specs),
            Groups = groups,
            Metrics = metrics,
            Curves = [.. runs.SelectMany(run => run.Curves).OrderBy(curve => MetricNames.Rank(curve.Metric))
                .Select(curve => new ComparedCurve { Metric = curve.Metric, Run = curve.Run, Points = curve.Points })],
            Bands = Bands(runs, groups),
            Comparability = notes,
            Conclusion = Conclusions.Draw(metrics, groups, notes, runs.ToDictionary(run => run.Run.Id, run => (run.Run.Name, run.Run.Seed))),
        };
    }

    /// <summary>Null for a metric without a direction of improvement.</summary>
    public static MetricGoal? Goal(string metric) =>
        metric.EndsWith("_loss", StringComparison.Ordinal) ? MetricGoal.Minimize
        : metric.EndsWith("_accuracy", StringComparison.Ordinal) ? MetricGoal.Maximize
        : null;

    private static IReadOnlyList<SpecDifference> Differences(IReadOnlyList<ComparisonInput> runs, SpecTable specs)
    {
        List<string> ids = [.. runs.Select(run => run.Run.Id.ToString())];
        return [.. specs.Pointers.Where(pointer => !FlatSpec.IsName(pointer) && specs.Differs(pointer)).Select(pointer => new SpecDifference
        {
            Pointer = pointer,
            Label = SpecLabels.For(pointer),
            Replicate = pointer == FlatSpec.Seed,
            Values = ids.Index().ToDictionary(id => id.Item, id => specs.Value(id.Index, pointer), StringComparer.Ordinal),
        })];
    }

    private static MetricComparison Metric(string metric, IReadOnlyList<ComparisonInput> runs, IReadOnlyList<RunGroup> groups)
    {
        var scores = runs.SelectMany(run => run.Metrics.Where(summary => summary.Metric == metric).Select(summary => new RunScore
        {
            Run = run.Run.Id,
            Best = summary.Best,
            BestEpoch = summary.BestEpoch,
            Latest = summary.Latest,
        })).ToList();
        return new MetricComparison
        {
            Metric = metric,
            Goal = Goal(metric)!.Value,
            PerRun = scores,
            PerGroup = [.. groups
                .Select(group => (group.Key, Best: Values(scores.Where(score => group.Runs.Contains(score.Run)).Select(score => score.Best))))
                .Where(group => group.Best.Count > 0)
                .Select(group => new GroupScore
                {
                    Group = group.Key,
                    N = group.Best.Count,
                    Mean = group.Best.Average(),
                    Std = Std(group.Best),
                    Min = group.Best.Min(),
                    Max = group.Best.Max(),
                })],
        };
    }

    private static IReadOnlyList<CurveBand> Bands(IReadOnlyList<ComparisonInput> runs, IReadOnlyList<RunGroup> groups) =>
    [
        .. from metric in MetricNames.All
           from @group in groups
           where @group.Runs.Count > 1
           let curves = runs.Where(run => @group.Runs.Contains(run.Run.Id)).SelectMany(run => run.Curves).Where(curve => curve.Metric == metric).ToList()
           where curves.Count > 1
           select new CurveBand { Metric = metric, Group = @group.Key, Points = Band(curves, Limits(metric)) },
    ];

    // What the metric can be: a band does not exceed it.
    private static (double Low, double High) Limits(string metric) => (0, Goal(metric) == MetricGoal.Maximize ? 1 : double.PositiveInfinity);

    private static IReadOnlyList<BandPoint> Band(IReadOnlyList<Curve> curves, (double Low, double High) limits) =>
    [
        .. from point in curves.SelectMany(curve => curve.Points)
           group point.Value by point.Epoch into epoch
           let values = Values(epoch)
           where values.Count > 0
           orderby epoch.Key
           let mean = values.Average()
           let std = Std(values) ?? 0
           select new BandPoint { Epoch = epoch.Key, Mean = mean, Low = Math.Max(mean - std, limits.Low), High = Math.Min(mean + std, limits.High), N = values.Count },
    ];

    private static List<double> Values(IEnumerable<double?> values) => [.. values.OfType<double>()];

    private static double? Std(List<double> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
