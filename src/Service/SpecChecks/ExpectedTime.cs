using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.SpecChecks;

/// <summary>A run that succeeded in one attempt, as far as it tells how long another will take.</summary>
/// <param name="Spec">Its spec.</param>
/// <param name="Flops">Floating-point operations of training on one sample.</param>
/// <param name="Seconds">From the claim of the run to its end.</param>
/// <param name="First">First epoch with its time of training up to its end.</param>
/// <param name="Last">Last epoch.</param>
internal sealed record PastRun(ExperimentSpec Spec, double Flops, double Seconds, (int Epoch, double Seconds) First, (int Epoch, double Seconds) Last)
{
    // The first epoch includes start-up.
    public double SecondsPerEpoch => (Last.Seconds - First.Seconds) / (Last.Epoch - First.Epoch);

    /// <summary>Operations of training per second; validation takes some of the time.</summary>
    public double FlopsPerSecond => Flops * Spec.Data.LearnedSamples(DatasetShape.From(Spec.Data.Dataset).TrainSamples) / SecondsPerEpoch;

    // Start of the process, data, start-up of the first epoch, final evaluation.
    public double Overhead => Math.Max(0, Seconds - (SecondsPerEpoch * Last.Epoch));
}

/// <summary>The time that a run is expected to take.</summary>
/// <param name="SecondsPerEpoch">Of training and validation.</param>
/// <param name="Overhead">Start of the process, loading of the data, final evaluation.</param>
internal sealed record ExpectedTime(double SecondsPerEpoch, double Overhead)
{
    // Further runs are too different: small networks are limited by steps, large ones by arithmetic, and neither scales to the other.
    private static readonly double FarthestDistance = Math.Log(4);
    private static readonly double OtherDataset = Math.Log(2);
    private const int MostRuns = 5;

    public double Seconds(int epochs) => Overhead + (epochs * SecondsPerEpoch);

    /// <summary>The medians of the most similar runs, the newest first among equals; null without any.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="past">Runs of the same kind of network and precision on the same queue, the newest first.</param>
    public static ExpectedTime? From(ExperimentSpec spec, ModelPlan plan, IEnumerable<PastRun> past)
    {
        var (flops, samples) = (TrainingCost.FlopsPerEpoch(plan, 1), Samples(spec));
        PastRun[] similar =
        [
            .. past.Select(run => (Run: run, Distance: Distance(spec, flops, run))).Where(item => item.Distance <= FarthestDistance)
                .OrderBy(item => item.Distance).Take(MostRuns).Select(item => item.Run),
        ];
        return similar.Length == 0 ? null : new ExpectedTime(
            Median([.. similar.Select(run => run.SecondsPerEpoch * (flops * samples / (run.Flops * Samples(run.Spec))))]), Median([.. similar.Select(run => run.Overhead)]));
    }

    /// <summary>The median of the runs that are nearest in operations per sample; null without any.</summary>
    public static double? FlopsPerSecond(ModelPlan plan, IEnumerable<PastRun> past)
    {
        var flops = TrainingCost.FlopsPerEpoch(plan, 1);
        double[] rates = [.. past.OrderBy(run => Math.Abs(Math.Log(flops / run.Flops))).Take(MostRuns).Select(run => run.FlopsPerSecond)];
        return rates.Length == 0 ? null : Median(rates);
    }

    private static double Distance(ExperimentSpec spec, double flops, PastRun run) => Math.Abs(Math.Log(flops / run.Flops))
        + Math.Abs(Math.Log((double)BatchSize(spec) / BatchSize(run.Spec)))
        + (spec.Data.Dataset.Name == run.Spec.Data.Dataset.Name ? 0 : OtherDataset);

    private static int Samples(ExperimentSpec spec) => spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples);

    private static int BatchSize(ExperimentSpec spec) => Math.Min(spec.Training.BatchSize ?? int.MaxValue, Samples(spec));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
