using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>Estimates of memory and operations, from the plan of a spec.</summary>
public static class TrainingCost
{
    /// <summary>
    /// Estimated peak memory of training in bytes: weights, gradients, optimizer state and best weights where they are kept, plus every layer's output and
    /// its gradient for one batch, in float32. Workspace of the engine and the dataset are not counted.
    /// </summary>
    public static long MemoryBytes(ExperimentSpec spec, ModelPlan plan)
    {
        var optimizer = TechniqueCatalog.Find(TechniqueKind.Optimizer, spec.Training.Optimizer.Name);
        var perWeight = 2 + (optimizer?.StateTensors ?? 0) + (spec.Training.EarlyStopping?.RestoreBest == true ? 1 : 0);
        var batch = Math.Min(spec.Training.BatchSize ?? int.MaxValue, spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples));
        var outputs = plan.AllLayers.Sum(layer => LayerShapes.Size(layer.Output) * sizeof(float));
        return (plan.Parameters * perWeight * sizeof(float)) + (2 * outputs * batch);
    }

    /// <summary>Floating-point operations of one epoch: a forward pass per sample, and twice as many for its backward pass.</summary>
    public static double FlopsPerEpoch(ModelPlan plan, int trainSamples) => 3.0 * plan.Flops * trainSamples;
}
