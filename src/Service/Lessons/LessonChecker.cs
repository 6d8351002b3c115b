using Trainyard.Service.Queue;
using Trainyard.Service.Runs;
using Trainyard.Service.SpecChecks;
using Trainyard.Service.Studies;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Lessons;

/// <summary>Tells what a start of a lesson would cost, without starting it.</summary>
internal sealed class LessonChecker(SpecLimitSource limits, SpeedHistory speed, StudyChecker studies, RunQueue queue)
{
    /// <summary>What a GPU is assumed to compute where none has trained a network of the kind: small batches of thin layers reach a small share of its peak.</summary>
    public const double AssumedGpuFlopsPerSecond = 1e13;

    /// <summary>The cost, or what this host does not accept.</summary>
    public async Task<(LessonCheck? Check, IReadOnlyList<SpecFinding> Findings)> CheckAsync(Lesson lesson, AttemptSettings settings, CancellationToken cancellationToken) =>
        lesson.File switch
        {
            { Studies: { } all } => await CheckStudiesAsync(lesson, all, settings, cancellationToken),
            { Runs: { } runs } => await CheckRunsAsync(lesson, runs, settings, cancellationToken),
            _ => (new LessonCheck { Runs = 0, Flops = 0, Costs = [] }, []),
        };

    private async Task<(LessonCheck? Check, IReadOnlyList<SpecFinding> Findings)> CheckRunsAsync(
        Lesson lesson, IReadOnlyList<LessonRun> runs, AttemptSettings settings, CancellationToken cancellationToken)
    {
        var current = await limits.CurrentAsync(cancellationToken);
        var readings = runs.Select(run => lesson.Read(run, settings, current)).ToList();
        if (readings.Find(reading => !reading.IsValid) is { } invalid)
        {
            return (null, invalid.Findings);
        }

        var planned = readings.Select(reading => (Spec: reading.Spec!, Plan: reading.Plan!)).ToList();
        var device = planned[0].Spec.Training.Device;
        return (new LessonCheck
        {
            Runs = planned.Count,
            Flops = planned.Sum(run => TrainingCost.Flops(run.Spec, run.Plan)),
            Costs =
            [
                await CostAsync(planned, device, cancellationToken),
                .. device == Device.Cuda ? (IEnumerable<LessonCost>)[] : [await CostAsync(planned, Device.Cuda, cancellationToken)],
            ],
        }, []);
    }

    private async Task<LessonCost> CostAsync(List<(ExperimentSpec Spec, ModelPlan Plan)> runs, Device device, CancellationToken cancellationToken)
    {
        List<RunTime> times = [];
        foreach (var equal in runs.GroupBy(run => CostKey(run.Spec, run.Plan)))
        {
            var (spec, plan) = equal.First();
            var time = await TimeAsync(spec with { Training = spec.Training with { Device = device } }, plan, cancellationToken);
            times.AddRange(Enumerable.Repeat(time, equal.Count()));
        }

        var atATime = await AtATimeAsync(device, runs.Count, cancellationToken);
        return new LessonCost
        {
            Device = device,
            Seconds = Sum(times.Select(time => time.Seconds)) / atATime,
            AtATime = atATime,
            Basis = times.Max(time => time.Basis),
            FlopsPerSecond = times.Average(time => time.FlopsPerSecond),
        };
    }

    // What the time is estimated from: runs that differ in other settings, such as the initialization, are estimated once.
    private static object CostKey(ExperimentSpec spec, ModelPlan plan) =>
        (spec.Model.Kind, spec.Data.Dataset.Name, spec.Training.Precision, spec.Training.Epochs, plan.Flops, TrainingCost.Flops(spec, plan), TrainingCost.FlopsPerUpdate(spec, plan));

    private async Task<RunTime> TimeAsync(ExperimentSpec spec, ModelPlan plan, CancellationToken cancellationToken)
    {
        if (await speed.ExpectAsync(spec, plan, cancellationToken) is { } expected)
        {
            return new RunTime(expected.Seconds(spec.Training.Epochs), LessonCostBasis.SimilarRuns, null);
        }

        var flops = TrainingCost.Flops(spec, plan);
        return await speed.FlopsPerSecondAsync(spec, plan, cancellationToken) is { } rate ? new RunTime(flops / rate, LessonCostBasis.OtherRuns, rate)
            : spec.Training.Device == Device.Cuda ? new RunTime(flops / AssumedGpuFlopsPerSecond, LessonCostBasis.Assumption, AssumedGpuFlopsPerSecond)
            : new RunTime(null, LessonCostBasis.OtherRuns, null);
    }

    private async Task<int> AtATimeAsync(Device device, int most, CancellationToken cancellationToken) =>
        Math.Clamp(await queue.SlotsAsync(device == Device.Cuda ? "cuda" : "cpu", cancellationToken), 1, Math.Max(1, most));

    // Null if one is unknown.
    private static double? Sum(IEnumerable<double?> seconds) => seconds.Aggregate((double?)0, (sum, one) => sum + one);

    // The studies run beside each other.
    private async Task<(LessonCheck? Check, IReadOnlyList<SpecFinding> Findings)> CheckStudiesAsync(
        Lesson lesson, IReadOnlyList<LessonStudy> all, AttemptSettings settings, CancellationToken cancellationToken)
    {
        List<StudyCheck> checks = [];
        foreach (var study in all)
        {
            var (request, findings) = lesson.Read(study, settings);
            if (request is null)
            {
                return (null, findings);
            }

            var check = await studies.CheckAsync(request, cancellationToken);
            if (!check.Valid)
            {
                return (null, check.Findings);
            }

            checks.Add(check);
        }

        var device = checks[0].First[0].Spec.Training.Device;
        var atATime = await AtATimeAsync(device, checks.Sum(check => check.Parallelism), cancellationToken);
        return (new LessonCheck
        {
            Runs = checks.Sum(check => check.Runs),
            Flops = checks.Sum(check => check.Flops),
            Costs =
            [
                new LessonCost
                {
                    Device = device,
                    Seconds = Sum(checks.Select(check => check.ExpectedSeconds)) / atATime,
                    AtATime = atATime,
                    Basis = LessonCostBasis.SimilarRuns,
                    FlopsPerSecond = null,
                },
            ],
        }, []);
    }

    // Of one run; no seconds where nothing tells.
    private sealed record RunTime(double? Seconds, LessonCostBasis Basis, double? FlopsPerSecond);
}
