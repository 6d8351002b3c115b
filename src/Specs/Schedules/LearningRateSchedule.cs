using System.Runtime.InteropServices;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Schedules;

/// <summary>
/// A learning-rate schedule: a factor on the optimizer's learning rate for each update. Formulas and sources are in the catalog, kind
/// <see cref="TechniqueKind.Schedule"/>; each matches the PyTorch scheduler named there.
/// </summary>
public sealed class LearningRateSchedule
{
    private readonly long warmup;
    private readonly long lastRise;
    private readonly Func<long, double> factor;
    private readonly PlateauDetector? plateau;

    // lastRise: The last step up to which the factor rises; null: the end of the warmup.
    private LearningRateSchedule(long warmup, Func<long, double> factor, PlateauDetector? plateau = null, long? lastRise = null)
    {
        this.warmup = warmup;
        this.factor = factor;
        this.plateau = plateau;
        this.lastRise = lastRise ?? Math.Max(0, warmup - 1);
    }

    /// <summary>State of a plateau schedule, for checkpoints; null for every other schedule.</summary>
    public PlateauState? State
    {
        get => plateau?.State;
        set
        {
            if (plateau is not null && value is { } state)
            {
                plateau.State = state;
            }
        }
    }

    /// <summary>Creates the schedule of a spec.</summary>
    /// <exception cref="ArgumentException">The catalog has no such schedule.</exception>
    public static LearningRateSchedule Create(TechniqueChoice schedule, TrainingLength length)
    {
        // A warmup longer than training rises as far as training lasts.
        var rise = schedule.Parameters.ContainsKey("warmup") ? length.StepsIn(schedule.Number("warmup")) : 0;
        var steps = Math.Max(1, length.Steps - rise);
        return schedule.Name switch
        {
            "constant" => new(rise, _ => 1),
            "step" => new(rise, step => Math.Pow(schedule.Number("factor"), Periods(step, schedule.Number("every")))),
            "multistep" => new(rise, step => Math.Pow(schedule.Number("factor"), schedule.Numbers("milestones").Count(milestone => Epoch(step) >= milestone))),
            "exponential" => new(rise, step => Math.Pow(schedule.Number("factor"), Math.Floor(Epoch(step)))),
            "cosine" => new(rise, step => Cosine(1, schedule.Number("minimum"), CycleShare(step, steps, schedule.Integer("cycles")))),
            "one_cycle" => new(0, step => OneCycle(schedule, step, length.Steps), lastRise: (long)Math.Max(0, (schedule.Number("rise") * length.Steps) - 1)),
            "linear" => new(rise, step => 1 - ((1 - schedule.Number("end")) * step / steps)),
            "plateau" => Plateau(schedule),
            _ => throw new ArgumentException($"The catalog has no schedule '{schedule.Name}'.", nameof(schedule)),
        };

        double Epoch(long step) => step / (double)length.StepsPerEpoch;

        // The product of a decimal fraction may be just above the whole number of steps that it stands for.
        double Periods(long step, double epochs) => Math.Floor((step / (epochs * length.StepsPerEpoch)) + 1e-9);
    }

    /// <summary>Factor on the learning rate of one update.</summary>
    /// <param name="step">Updates done before it, from 0.</param>
    public double Factor(long step) => step < warmup ? (step + 1) / (double)warmup : factor(step - warmup);

    /// <summary>Largest factor of a training of that many updates, at least 1; of a plateau schedule the present one.</summary>
    public double LargestFactor(long steps) => Math.Max(Factor(Math.Min(lastRise, steps - 1)), Factor(Math.Min(lastRise + 1, steps - 1)));

    /// <summary>Passes the validation metrics of an epoch to a plateau schedule; others ignore them.</summary>
    public void EpochEnded(double validationLoss, double validationAccuracy) => plateau?.EpochEnded(validationLoss, validationAccuracy);

    private static LearningRateSchedule Plateau(TechniqueChoice schedule)
    {
        var detector = new PlateauDetector(
            schedule.Text("metric") == "validation_loss" ? ValidationMetric.ValidationLoss : ValidationMetric.ValidationAccuracy,
            schedule.Number("factor"), schedule.Integer("patience"), schedule.Number("threshold"), schedule.Number("minimum"));
        return new LearningRateSchedule(0, _ => detector.Factor, detector);
    }

    private static double CycleShare(long step, long steps, int cycles)
    {
        var position = step * (double)cycles / steps;
        return position - Math.Floor(position);
    }

    // From a to b along half a cosine; share from 0 to 1.
    private static double Cosine(double a, double b, double share) => b + ((a - b) * (1 + Math.Cos(Math.PI * share)) / 2);

    // torch.optim.lr_scheduler.OneCycleLR: the peak is at step rise * steps - 1, the end at the last step.
    private static double OneCycle(TechniqueChoice schedule, long step, long steps)
    {
        var peak = (schedule.Number("rise") * steps) - 1;
        if (step <= peak)
        {
            return peak > 0 ? Cosine(schedule.Number("start"), 1, step / peak) : 1;
        }

        return Cosine(1, schedule.Number("end"), Math.Min(1, (step - peak) / (steps - 1 - peak)));
    }
}

/// <summary>Length of training.</summary>
/// <param name="Epochs">Total epochs, at least 1.</param>
/// <param name="StepsPerEpoch">Updates per epoch, at least 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrainingLength(int Epochs, int StepsPerEpoch)
{
    /// <summary>The length of a spec's training, whose dataset has the size that the catalog names.</summary>
    public static TrainingLength Of(ExperimentSpec spec)
    {
        var samples = Math.Max(1, spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples));
        var batch = Math.Min(spec.Training.BatchSize ?? samples, samples);
        return new(spec.Training.Epochs, (samples + batch - 1) / batch);
    }

    /// <summary>Total updates.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;

    /// <summary>Updates in that many epochs, rounded.</summary>
    public long StepsIn(double epochs) => (long)Math.Round(epochs * StepsPerEpoch);
}
