using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Samples on the training device, from which batches are selected, converted and normalized.</summary>
internal sealed class BatchSource : IDisposable
{
    private readonly FeatureSpec? features;
    private readonly HostBatches? host;
    private readonly DeviceBatches? other;

    public BatchSource(SampleSet samples, Normalization normalization, torch.Device device, FeatureSpec? features = null)
    {
        this.features = features;
        if (device.type == DeviceType.CPU)
        {
            host = new HostBatches(samples, normalization);
        }
        else
        {
            other = new DeviceBatches(samples, normalization, device);
        }
    }

    // indices: [n] int64, on the device. Returns [n, C, H, W] float32 with channels last in memory, or [n, F] float32; labels [n] int64.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices)
    {
        var (batch, labels) = host?.GetBatch(indices) ?? other!.GetBatch(indices);
        return (PlaneFeatures.Of(features, ChannelsFirst(batch)), labels);
    }

    // A batch of augmented images by index. indices: [n] int64, on the device. Returns as GetBatch.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices, Augmentation augmentation, RandomStream random)
    {
        var (batch, labels) = host?.GetBatch(indices, augmentation, random) ?? other!.GetBatch(indices, augmentation, random);
        return (ChannelsFirst(batch), labels);
    }

    public void Dispose() => other?.Dispose();

    private static Tensor ChannelsFirst(Tensor samples) => samples.dim() == 4 ? samples.permute(0, 3, 1, 2) : samples;
}
