using Trainyard.Specs.Spec;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

/// <summary>
/// Batch normalisation (Ioffe, Szegedy, 2015, algorithm 1) per channel of [N, C, H, W] or per unit of [N, F]: (x - mean) / sqrt(var + e) * scale +
/// shift. Running statistics take a share <c>momentum</c> of each batch, with the unbiased variance, as torch.nn.BatchNorm2d does. Scale, shift and
/// statistics keep the format of the weights, whatever the format of the input.
/// </summary>
internal sealed class BatchNorm : Layer
{
    private readonly Tensor scale;
    private readonly Tensor shift;
    private readonly Tensor mean;
    private readonly Tensor variance;
    private readonly double momentum;
    private readonly double epsilon;

    /// <summary>Makes the layer: scale 1, shift 0, running mean 0, running variance 1.</summary>
    public BatchNorm(string name, BatchNormLayer settings, int channels, NumberFormats formats, torch.Device device)
        : base(name)
    {
        momentum = settings.Momentum;
        epsilon = settings.Epsilon;
        scale = AddParameter("scale", ones(channels, dtype: formats.Weights, device: device), decays: false);
        shift = AddParameter("shift", zeros(channels, dtype: formats.Weights, device: device), decays: false);
        mean = AddBuffer("mean", zeros(channels, dtype: formats.Weights, device: device));
        variance = AddBuffer("variance", ones(channels, dtype: formats.Weights, device: device));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Mode mode)
    {
        // One value per channel has no variance (the last batch of an epoch may be a single sample): the running statistics serve instead.
        var channels = input.shape[1];
        var training = mode != Mode.Evaluate && input.numel() > channels;
        return training && mode == Mode.Observe
            ? functional.batch_norm(input, null, null, scale, shift, training, momentum, epsilon)
            : functional.batch_norm(input, mean, variance, scale, shift, training, momentum, epsilon);
    }
}
