using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>Estimates of memory, operations and time, from the plan of a spec.</summary>
public static class TrainingCost
{
    private const int LargestEvaluationBatch = 256;
    private const int SmallestEvaluationBatch = 64;

    // More than any device of its kind computes in training, in floating-point operations per second.
    private const double FastestProcessor = 1e13;
    private const double FastestGpu = 1e15;

    /// <summary>Samples of one batch of an evaluation.</summary>
    // Images that pass through convolutions come in batches as in training, so that the memory freed by an update fits those of an evaluation: larger ones raised the
    // peak of a residual network by a sixth (bench/trainer/README.md).
    public static int EvaluationBatch(ExperimentSpec spec, ModelPlan plan) => plan.HasConvolutions
        ? Math.Clamp(BatchSize(spec), SmallestEvaluationBatch, LargestEvaluationBatch)
        : LargestEvaluationBatch;

    /// <summary>
    /// Estimated peak memory of training in bytes. Weights, gradients, optimizer state and best weights where they are kept; for one batch the samples, every
    /// layer's output and its gradient, in float32; and the dataset, once as it was read and once as a tensor. Workspace of the engine is not counted.
    /// </summary>
    public static long MemoryBytes(ExperimentSpec spec, ModelPlan plan)
    {
        var (fixedBytes, perSample) = Memory(spec, plan);
        return fixedBytes + Math.Max(perSample * BatchSize(spec), EvaluationBytes(spec, plan));
    }

    /// <summary>The largest batch size, up to that of the spec, whose training needs at most that much memory; null when none does.</summary>
    public static int? LargestBatchSize(ExperimentSpec spec, ModelPlan plan, long maximumBytes)
    {
        var (fixedBytes, perSample) = Memory(spec, plan);
        var samples = Math.Min((maximumBytes - fixedBytes) / perSample, BatchSize(spec));
        return samples < 1 || fixedBytes + EvaluationBytes(spec, plan) > maximumBytes ? null : (int)samples;
    }

    /// <summary>Floating-point operations of one epoch: a forward pass per sample, and twice as many for its backward pass.</summary>
    public static double FlopsPerEpoch(ModelPlan plan, int trainSamples) => 3.0 * plan.Flops * trainSamples;

    /// <summary>Floating-point operations of one update.</summary>
    public static double FlopsPerUpdate(ExperimentSpec spec, ModelPlan plan) => FlopsPerEpoch(plan, BatchSize(spec));

    /// <summary>Floating-point operations of the whole training.</summary>
    public static double Flops(ExperimentSpec spec, ModelPlan plan) => FlopsPerEpoch(plan, LearnedSamples(spec)) * spec.Training.Epochs;

    /// <summary>Seconds that training takes at least, on the fastest device of its kind.</summary>
    public static double LeastSeconds(ExperimentSpec spec, ModelPlan plan) =>
        Flops(spec, plan) / (spec.Training.Device == Device.Cuda ? FastestGpu : FastestProcessor);

    private static int LearnedSamples(ExperimentSpec spec) => spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples);

    private static int BatchSize(ExperimentSpec spec) => Math.Min(spec.Training.BatchSize ?? int.MaxValue, LearnedSamples(spec));

    // Bytes that do not depend on the batch, and those of each sample of one.
    private static (long Fixed, long PerSample) Memory(ExperimentSpec spec, ModelPlan plan)
    {
        var optimizer = TechniqueCatalog.Find(TechniqueKind.Optimizer, spec.Training.Optimizer.Name);
        var perWeight = 2 + (optimizer?.StateTensors ?? 0) + (spec.Training.EarlyStopping?.RestoreBest == true ? 1 : 0);
        var data = DatasetShape.From(spec.Data.Dataset);
        long samples = data.TrainSamples + data.TestSamples;
        var input = LayerShapes.Size(plan.Input);
        var raw = LayerShapes.Size(data.Input);

        // Pixels are bytes.
        var stored = samples * ((2 * raw * (data.Input.Count == 3 ? sizeof(byte) : sizeof(float))) + sizeof(byte) + sizeof(long));
        return ((plan.Parameters * perWeight * sizeof(float)) + stored, 2 * sizeof(float) * (input + plan.AllLayers.Sum(layer => LayerShapes.Size(layer.Output))));
    }

    // Without gradients only the input and the output of one layer exist at a time.
    private static long EvaluationBytes(ExperimentSpec spec, ModelPlan plan) =>
        EvaluationBatch(spec, plan) * sizeof(float) * plan.AllLayers.Max(layer => LayerShapes.Size(layer.Input) + LayerShapes.Size(layer.Output));
}
