using Trainyard.Specs.Schedules;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Training;

// The learning rate of each update: the optimizer's own times the factor of the schedule.
// offset: What to add to the number of a step for its position in the schedule; not 0 where earlier epochs had another number of updates.
internal sealed class LearningRate(ExperimentSpec spec, int stepsPerEpoch, long offset = 0)
{
    private readonly long last = Math.Max(0, ((long)spec.Training.Epochs * stepsPerEpoch) - 1);
    private readonly double peak = spec.Training.Optimizer.Number("learningRate");

    public LearningRateSchedule Schedule { get; } =
        LearningRateSchedule.Create(spec.Training.Schedule, new TrainingLength(spec.Training.Epochs, stepsPerEpoch));

    public double At(long step) => peak * Factor(step);

    // The schedule's share in the rate of an update; 1 at the optimizer's own. Beyond the last update it stays.
    public double Factor(long step) => Schedule.Factor(Math.Clamp(step + offset, 0, last));
}
