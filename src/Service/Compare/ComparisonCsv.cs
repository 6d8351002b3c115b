using Trainyard.Service.Results;
using Trainyard.Service.Store;

namespace Trainyard.Service.Compare;

/// <summary>A comparison as CSV: one row per run with the differing parameters and the best value of each metric with its epoch.</summary>
internal static class ComparisonCsv
{
    public static string Write(Comparison comparison)
    {
        var csv = new Csv();
        csv.Add([
            "run", "name", "experiment", "state", "group",
            .. comparison.Differences.Select(difference => difference.Pointer),
            .. comparison.Metrics.SelectMany(metric => (string[])[$"{metric.Metric}_best", $"{metric.Metric}_best_epoch"]),
        ]);
        foreach (var run in comparison.Runs)
        {
            csv.Add([
                run.Id, run.Name, run.Experiment, run.State.ToWireName(), comparison.Groups.First(group => group.Runs.Contains(run.Id)).Label,
                .. comparison.Differences.Select(difference => (object?)difference.Values[run.Id.ToString()]),
                .. comparison.Metrics.SelectMany(metric => Score(metric, run.Id)),
            ]);
        }

        return csv.ToString();
    }

    private static object?[] Score(MetricComparison metric, Guid run) =>
        metric.PerRun.FirstOrDefault(score => score.Run == run) is { } score ? [score.Best, score.BestEpoch] : [null, null];
}
