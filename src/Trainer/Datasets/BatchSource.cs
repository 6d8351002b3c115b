using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Samples on the training device, from which batches are selected, converted and normalized.</summary>
internal sealed class BatchSource : IDisposable
{
    private readonly Tensor values;
    private readonly Tensor labels;
    private readonly Tensor scale;
    private readonly Tensor shift;
    private readonly FeatureSpec? features;

    /// <summary>Copies samples to the device without conversion: images stay uint8, a quarter of float32.</summary>
    public BatchSource(SampleSet samples, Normalization normalization, torch.Device device, FeatureSpec? features = null)
    {
        this.features = features;
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

    // indices: [n] int64, on the device. Returns [n, C, H, W] float32 with channels last in memory, or [n, F] float32; labels [n] int64.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices) =>
        (PlaneFeatures.Of(features, ChannelsFirst(Normalized(values.index_select(0, indices)))), labels.index_select(0, indices));

    // A batch of augmented images by index. indices: [n] int64, on the device. Returns as GetBatch.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices, Augmentation augmentation, RandomStream random)
    {
        var moved = augmentation.FlipAndCrop(values.index_select(0, indices), random);
        return (ChannelsFirst(augmentation.Cutout(Normalized(moved), random)), labels.index_select(0, indices));
    }

    public void Dispose()
    {
        values.Dispose();
        labels.Dispose();
        scale.Dispose();
        shift.Dispose();
    }

    private static Tensor ChannelsFirst(Tensor samples) => samples.dim() == 4 ? samples.permute(0, 3, 1, 2) : samples;

    private Tensor Normalized(Tensor raw) => raw.to_type(ScalarType.Float32).mul_(scale).add_(shift);

    private static Tensor Keep(Tensor tensor, torch.Device device) => tensor.to(device).DetachFromDisposeScope();
}
