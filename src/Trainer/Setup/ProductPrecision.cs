using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Setup;

/// <summary>Decides the number format of convolutions and matrix products.</summary>
internal static class ProductPrecision
{
    // Floating-point operations of a dense layer in one update, on average over the network: bench/trainer/README.md.
    private const double SmallestDense = 4e6;

    /// <summary>The precision in use: that of the spec, or for <c>auto</c> bfloat16 where the hardware multiplies it and the network gains from it.</summary>
    public static Precision Decide(Precision wanted, Specs.Spec.Device device, ModelPlan plan, int batchSize) => wanted switch
    {
        Precision.Auto => HasBfloat16(device) && (device == Specs.Spec.Device.Cuda || Gains(plan, batchSize)) ? Precision.Bfloat16 : Precision.Float32,
        _ => wanted,
    };

    public static bool HasBfloat16(Specs.Spec.Device device) => device == Specs.Spec.Device.Cuda || Processor.HasBfloat16;

    public static NumberFormats Formats(Precision precision) =>
        precision == Precision.Bfloat16 ? NumberFormats.Bfloat16 : NumberFormats.Float32;

    // Small dense layers lose more by the conversion of their operands than the products gain, and dense networks that are one chain have a faster kernel in float32; convolutions
    // of any size gain.
    private static bool Gains(ModelPlan plan, int batchSize) =>
        plan.HasConvolutions
        || !FusedDense.Covers(plan, batchSize)
        && TrainingCost.FlopsPerEpoch(plan, batchSize) >= SmallestDense * plan.AllLayers.Count(row => row.Layer is DenseLayer);
}
