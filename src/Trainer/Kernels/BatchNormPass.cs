namespace Trainyard.Trainer.Kernels;

// One forward pass of batch norm, activation and pooling, and its backward pass.
internal sealed class BatchNormPass(NormalizedActivation kernel, bool pools, double epsilon, int threads)
{
    private ChannelBlocks blocks = null!;
    private NormalizedTerms terms = null!;
    private double[] deviation = null!;

    public BatchMoments Moments { get; private set; } = null!;

    // With the statistics of the input. Returns the output and, with pooling, where its maxima were.
    public (Tensor Output, Tensor? Winners) Forward(Tensor input, Tensor scale, Tensor shift)
    {
        var shape = input.shape;
        using var memory = TensorRows.Of(input);
        var rows = BatchNormActivation.Rows(shape, (int)input.element_size())!;
        Moments = kernel.Moments(TensorRows.Address(memory), rows, (int)shape[1], threads);
        var winners = pools ? empty(shape[0], shape[2] / 2, shape[3] / 2, shape[1], dtype: ScalarType.Byte) : null;
        return (Normalize(memory, shape, scale, shift, winners), winners);
    }

    // With running statistics, for which there is no backward pass.
    public Tensor Forward(Tensor input, BatchMoments running, Tensor scale, Tensor shift)
    {
        Moments = running;
        using var memory = TensorRows.Of(input);
        return Normalize(memory, input.shape, scale, shift, winners: null);
    }

    // With x^ = (x - mean) / deviation and g = dL / d(scale x^ + shift), of which the activation makes the gradient of the output:
    // d shift = sum g, d scale = sum g x^, dx = scale / deviation (g - mean(g) - x^ mean(g x^))   (Ioffe, Szegedy, 2015, section 3)
    public (Tensor Input, Tensor Scale, Tensor Shift) Backward(Tensor input, Tensor? winners, Tensor scale, Tensor gradient)
    {
        using var memory = TensorRows.Of(input);
        using var gradientMemory = TensorRows.Of(gradient);
        var (x, dy, best) = (TensorRows.Address(memory), TensorRows.Address(gradientMemory), Address(winners));
        var (shiftGradient, scaleGradient) = Sums(x, dy, best);

        var factors = TensorRows.Values(scale);
        var channels = factors.Length;
        var constant = new double[channels];
        var slope = new double[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var gain = factors[channel] / deviation[channel];
            slope[channel] = gain * scaleGradient[channel] / (deviation[channel] * Moments.Count);
            // The terms take x - mean with the mean in float32.
            constant[channel] = (gain * shiftGradient[channel] / Moments.Count) - (slope[channel] * Remainder(channel));
        }

        var inputGradient = TensorRows.Empty(input.shape, input.dtype);
        using var target = TensorRows.Of(inputGradient);
        kernel.InputGradient(x, dy, best, TensorRows.Address(target), blocks, terms, blocks.Spread(constant), blocks.Spread(slope), threads);
        return (inputGradient, Vector(scaleGradient), Vector(shiftGradient));
    }

    // memory: The input as rows of channels. shape: That of the input.
    private Tensor Normalize(Tensor memory, long[] shape, Tensor scale, Tensor shift, Tensor? winners)
    {
        var elementBytes = (int)memory.element_size();
        blocks = pools
            ? ChannelBlocks.OfRowPairs((int)(shape[0] * shape[2] / 2), (int)shape[3] * 2, (int)shape[1], elementBytes)!
            : BatchNormActivation.Rows(shape, elementBytes)!;
        deviation = Array.ConvertAll(Moments.Variance, variance => Math.Sqrt(variance + epsilon));
        terms = Terms(scale, shift, pools ? (int)shape[3] : 1);

        var output = TensorRows.Empty(pools ? [shape[0], shape[1], shape[2] / 2, shape[3] / 2] : shape, memory.dtype);
        using var outputMemory = TensorRows.Of(output);
        kernel.Forward(TensorRows.Address(memory), TensorRows.Address(outputMemory), Address(winners), blocks, terms, threads);
        return output;
    }

    private (double[] Gradients, double[] Products) Sums(nint x, nint gradient, nint winners)
    {
        using var sums = new LaneSums(blocks, kinds: 2);
        kernel.Sum(x, gradient, winners, blocks, terms, sums, threads);
        var gradients = new double[deviation.Length];
        var products = new double[deviation.Length];
        var (ofGradients, ofProducts) = (sums.Total(NormalizedActivation.Gradients), sums.Total(NormalizedActivation.Products));
        foreach (var (lane, channel) in blocks.DistinctLanes())
        {
            gradients[channel] += ofGradients[lane];
            products[channel] += ofProducts[lane];
        }

        for (var channel = 0; channel < products.Length; channel++)
        {
            products[channel] = (products[channel] - (Remainder(channel) * gradients[channel])) / deviation[channel];
        }

        return (gradients, products);
    }

    private NormalizedTerms Terms(Tensor scale, Tensor shift, int pixels)
    {
        var scales = TensorRows.Values(scale);
        var shifts = TensorRows.Values(shift);
        var gain = new double[deviation.Length];
        var offset = new double[deviation.Length];
        for (var channel = 0; channel < gain.Length; channel++)
        {
            gain[channel] = scales[channel] / deviation[channel];
            offset[channel] = shifts[channel] - (gain[channel] * Remainder(channel));
        }

        return new NormalizedTerms(blocks.Spread(Moments.Mean), blocks.Spread(gain), blocks.Spread(offset), pixels);
    }

    // What rounding the mean to float32 cuts off; matters where the mean is large against the deviation.
    private double Remainder(int channel) => Moments.Mean[channel] - (float)Moments.Mean[channel];

    private static nint Address(Tensor? winners) => winners is null ? 0 : TensorRows.Address(winners);

    private static Tensor Vector(double[] values) => tensor(Array.ConvertAll(values, value => (float)value));
}
