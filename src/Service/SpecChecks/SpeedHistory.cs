using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Store;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.SpecChecks;

/// <summary>Expects of a spec the speed that a similar one had: floating-point operations per second, measured on this installation.</summary>
internal sealed class SpeedHistory(RunsDbContext database)
{
    private const int RunsLookedAt = 20;

    // Small networks spend their time elsewhere than in arithmetic: only runs of about the same size are comparable.
    private const double LargestRatio = 4;

    /// <summary>Seconds of one epoch, validation not counted; null when no similar run succeeded.</summary>
    public async Task<double?> SecondsPerEpochAsync(ExperimentSpec spec, ModelPlan plan, CancellationToken cancellationToken)
    {
        var queue = JsonNamingPolicy.SnakeCaseLower.ConvertName(spec.Training.Device.ToString());
        var runs = await database.Runs.Where(run => run.State == RunState.Succeeded && run.Queue == queue && run.ImagesPerSecond > 0)
            .OrderByDescending(run => run.Id).Take(RunsLookedAt).Select(run => new { run.Spec, run.ImagesPerSecond }).ToListAsync(cancellationToken);
        var nearest = runs.Select(run => (Spec: StoredSpec.Read(run.Spec), Speed: run.ImagesPerSecond!.Value))
            .Where(run => run.Spec.Model.Kind == spec.Model.Kind && run.Spec.Training.Precision == spec.Training.Precision)
            .Select(run => (Plan: ModelPlanner.Plan(run.Spec), run.Speed))
            .Select(run => (Ratio: Ratio(run.Plan.Flops, plan.Flops), FlopsPerSecond: TrainingCost.FlopsPerEpoch(run.Plan, 1) * run.Speed))
            .Where(run => run.Ratio <= LargestRatio)
            .OrderBy(run => run.Ratio)
            .FirstOrDefault();
        return nearest.FlopsPerSecond > 0 ? TrainingCost.FlopsPerEpoch(plan, TrainSamples(spec)) / nearest.FlopsPerSecond : null;
    }

    private static double Ratio(long a, long b) => (double)Math.Max(a, b) / Math.Max(1, Math.Min(a, b));

    private static int TrainSamples(ExperimentSpec spec) => spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples);
}
