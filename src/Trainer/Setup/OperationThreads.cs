using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Setup;

/// <summary>Decides the number of threads of one operation, where none is requested.</summary>
internal static class OperationThreads
{
    // Floating-point operations of an update of dense layers below which their threads wait for each other longer than they compute: bench/trainer/README.md.
    private const double SmallestShared = 2.5e7;

    // most: Threads that a run may use. A function of the spec alone besides, so that every attempt at a run adds up in the same order.
    public static int Decide(ExperimentSpec spec, ModelPlan plan, int most) => spec.Training.Device == Specs.Spec.Device.Cpu && IsSmall(spec, plan) ? 1 : most;

    // Convolutions of any size gain from more threads: their operations are over images.
    private static bool IsSmall(ExperimentSpec spec, ModelPlan plan) =>
        TrainingCost.FlopsPerUpdate(spec, plan) < SmallestShared && !plan.HasConvolutions;
}
