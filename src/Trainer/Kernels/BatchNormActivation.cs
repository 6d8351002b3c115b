using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// Batch norm, then an activation, then perhaps max pooling of 2 x 2 pixels: with the statistics of the batch in two passes forward and two backward (layer by
// layer there are some ten), with running statistics in one pass, without gradients. Computes in float32, sums up in float64, and keeps its input alone for the
// backward pass: bfloat16 is rounded once, at the end.
internal sealed class BatchNormActivation(Func<ScalarType, NormalizedActivation> kernels, bool pools, bool paysWithoutPooling)
{
    /// <summary>Whether images [C, H, W] can be pooled with the rest.</summary>
    public static bool Pools(IReadOnlyList<int> image) => image is [var channels, var height, var width] && channels >= ChannelBlocks.Lanes && height % 2 == 0 && width % 2 == 0;

    /// <summary>The format and the number of channels suit; others are for torch's operations.</summary>
    public static bool Takes(Tensor input)
    {
        var elementBytes = input.element_size();
        return input.device_type == DeviceType.CPU
            && input.dtype is ScalarType.Float32 or ScalarType.BFloat16
            && input.numel() * elementBytes <= int.MaxValue
            && Rows(input.shape, (int)elementBytes) is not null;
    }

    // Whether it is faster than torch's operations (bench/kernels/README.md). Below some ten thousand values, calls cost more than passes over memory.
    public bool Pays(Tensor input) =>
        PaysInInference(input) && (pools || HasUnevenChannels(input) || (paysWithoutPooling && input.dtype == ScalarType.BFloat16));

    // torch's batch norm takes images with channels last value by value, unless the channels are a multiple of 8.
    private static bool HasUnevenChannels(Tensor input) => input.dim() == 4 && input.shape[1] % 8 != 0;

    /// <summary>Whether it is faster without gradients.</summary>
    public static bool PaysInInference(Tensor input) => Vector256.IsHardwareAccelerated && input.numel() >= 1 << 14;

    /// <summary>The output, differentiable, with the moments of the batch.</summary>
    // input: [N, C, H, W] or [N, C] with more than one value per channel. scale, shift: [C] float32.
    public (Tensor Output, BatchMoments Moments) Forward(Tensor input, Tensor scale, Tensor shift, double epsilon)
    {
        var pass = Pass(input, epsilon);
        return (GraphMemory.Apply(() => BatchNormFunction.apply(input, scale, shift, pass)), pass.Moments);
    }

    /// <summary>The output with running statistics, [C] float32 each, without gradients.</summary>
    public Tensor Infer(Tensor input, Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) =>
        Pass(input, epsilon).Forward(input, BatchMoments.OfRunning(mean, variance), scale, shift);

    internal static ChannelBlocks? Rows(long[] shape, int elementBytes)
    {
        var rows = shape.Length == 4 ? shape[0] * shape[2] * shape[3] : shape[0];
        return ChannelBlocks.OfRows((int)rows, (int)shape[1], elementBytes);
    }

    private BatchNormPass Pass(Tensor input, double epsilon) => new(kernels(input.dtype), pools, epsilon, Math.Max(1, get_num_threads()));
}
