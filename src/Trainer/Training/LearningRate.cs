using Trainyard.Specs.Schedules;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Training;

/// <summary>The learning rate of each update: the optimizer's own times the factor of the schedule.</summary>
internal sealed class LearningRate(ExperimentSpec spec, int stepsPerEpoch)
{
    private readonly double peak = spec.Training.Optimizer.Number("learningRate");

    public LearningRateSchedule Schedule { get; } =
        LearningRateSchedule.Create(spec.Training.Schedule, new TrainingLength(spec.Training.Epochs, stepsPerEpoch));

    public double At(long step) => peak * Factor(step);

    // The schedule's share in the rate of an update; 1 at the optimizer's own.
    public double Factor(long step) => Schedule.Factor(step);
}
