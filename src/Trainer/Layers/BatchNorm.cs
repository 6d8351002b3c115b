using TorchSharp.Modules;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Kernels;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// Batch normalization (Ioffe, Szegedy, 2015, algorithm 1) per channel of [N, C, H, W] or per unit of [N, F]: (x - mean) / sqrt(var + e) * scale + shift.
// Running statistics take a share momentum of each batch, with the unbiased variance, as torch.nn.BatchNorm2d does. Scale, shift and statistics keep the format
// of the weights, whatever the format of the input.
internal sealed class BatchNorm : Module<Tensor, Tensor>
{
    private readonly Parameter scale;
    private readonly Parameter shift;
    private readonly Tensor mean;
    private readonly Tensor variance;
    private readonly double momentum;
    private readonly double epsilon;
    private bool tracksStatistics = true;

    public BatchNorm(BatchNormLayer settings, int channels, NumberFormats formats, torch.Device device)
        : base(nameof(BatchNorm))
    {
        momentum = settings.Momentum;
        epsilon = settings.Epsilon;
        scale = new Parameter(ones(channels, dtype: formats.Weights, device: device));
        shift = new Parameter(zeros(channels, dtype: formats.Weights, device: device));
        mean = zeros(channels, dtype: formats.Weights, device: device);
        variance = ones(channels, dtype: formats.Weights, device: device);
        register_parameter(nameof(scale), scale);
        register_parameter(nameof(shift), shift);
        register_buffer(nameof(mean), mean);
        register_buffer(nameof(variance), variance);
    }

    public override void train(bool train = true)
    {
        base.train(train);
        tracksStatistics = true;
    }

    /// <summary>Normalizes with the statistics of the batch without recording them, until the next <c>train()</c> or <c>eval()</c>.</summary>
    public void observe()
    {
        train();
        tracksStatistics = false;
    }

    /// <summary>Whether the statistics of this input are used. One value per channel has no variance (the last batch of an epoch may be a single sample).</summary>
    public bool UsesBatch(Tensor input) => training && input.numel() > input.shape[1];

    public override Tensor forward(Tensor input)
    {
        var usesBatch = UsesBatch(input);
        var (runningMean, runningVariance) = usesBatch && !tracksStatistics ? (null, null) : (mean, variance);
        return functional.batch_norm(input, runningMean, runningVariance, scale, shift, usesBatch, momentum, epsilon);
    }

    /// <summary>The layer together with those that the kernel includes; with running statistics it has no gradients.</summary>
    public Tensor Forward(Tensor input, BatchNormActivation kernel)
    {
        if (!UsesBatch(input))
        {
            return kernel.Infer(input, mean, variance, scale, shift, epsilon);
        }

        var (output, batch) = kernel.Forward(input, scale, shift, epsilon);
        if (tracksStatistics)
        {
            batch.MixInto(mean, variance, momentum);
        }

        return output;
    }
}
