using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Batches on a GPU, where all samples lie, by tensor operations.</summary>
internal sealed class DeviceBatches : IDisposable
{
    private readonly Tensor values;
    private readonly Tensor labels;
    private readonly Tensor scale;
    private readonly Tensor shift;

    /// <summary>Copies samples to the device without conversion: images stay uint8, a quarter of float32.</summary>
    public DeviceBatches(SampleSet samples, Normalization normalization, torch.Device device)
    {
        using var scope = NewDisposeScope();
        // [N, H, W, C] uint8 or [N, F] float32
        long[] shape = samples.Shape.Count == 3
            ? [samples.Count, samples.Shape[1], samples.Shape[2], samples.Shape[0]]
            : [samples.Count, samples.Shape[0]];
        var host = empty(shape, samples.Format);
        samples.Values.CopyTo(host.bytes);
        values = Keep(host, device);
        labels = Keep(tensor(Array.ConvertAll(samples.Labels, label => (long)label)), device);
        scale = Keep(tensor(normalization.Scale), device);
        shift = Keep(tensor(normalization.Shift), device);
    }

    // indices: [n] int64, on the device. Returns [n, H, W, C] or [n, F] float32; labels [n] int64.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices) => (Normalized(values.index_select(0, indices)), labels.index_select(0, indices));

    // The same for images, augmented.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices, Augmentation augmentation, RandomStream random)
    {
        var moved = augmentation.FlipAndCrop(values.index_select(0, indices), random);
        return (augmentation.Cutout(Normalized(moved), random), labels.index_select(0, indices));
    }

    public void Dispose()
    {
        values.Dispose();
        labels.Dispose();
        scale.Dispose();
        shift.Dispose();
    }

    private static Tensor Keep(Tensor tensor, torch.Device device) => tensor.to(device).DetachFromDisposeScope();

    private Tensor Normalized(Tensor raw) => raw.to_type(ScalarType.Float32).mul_(scale).add_(shift);
}
