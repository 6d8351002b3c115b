using Trainyard.Specs.Schedules;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Training;

/// <summary>The learning rate of each update: the optimizer's own times the factor of the schedule.</summary>
internal sealed class LearningRate(ExperimentSpec spec, int stepsPerEpoch)
{
    private readonly double peak = spec.Training.Optimizer.Number("learningRate");

    /// <summary>The course over the run.</summary>
    public LearningRateSchedule Schedule { get; } =
        LearningRateSchedule.Create(spec.Training.Schedule, new TrainingLength(spec.Training.Epochs, stepsPerEpoch));

    /// <summary>The rate of an update.</summary>
    /// <param name="step">Updates done before it.</param>
    public double At(long step) => peak * Factor(step);

    /// <summary>The schedule's share in the rate of an update; 1 at the optimizer's own.</summary>
    /// <param name="step">Updates done before it.</param>
    public double Factor(long step) => Schedule.Factor(step);
}
