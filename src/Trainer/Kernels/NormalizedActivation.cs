using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// y = f((x - mean) gain + shift), with a mean, gain and shift of each channel, perhaps followed by pooling. The addresses are of elements [rows, channels].
internal abstract class NormalizedActivation
{
    public const int Gradients = 0;
    public const int Products = 1;

    public abstract BatchMoments Moments(nint x, ChannelBlocks blocks, int channels, int threads);

    // winners: Where pooling found its maxima; otherwise not used.
    public abstract void Forward(nint x, nint y, nint winners, ChannelBlocks blocks, NormalizedTerms terms, int threads);

    // Of the gradient g of f's argument: the sums of g and of g (x - mean).
    public abstract void Sum(nint x, nint gradient, nint winners, ChannelBlocks blocks, NormalizedTerms terms, LaneSums sums, int threads);

    // dx = g gain - constant - (x - mean) slope.
    public abstract void InputGradient(
        nint x, nint gradient, nint winners, nint dx, ChannelBlocks blocks, NormalizedTerms terms, float[] constant, float[] slope, int threads);
}

/// <summary>Mean, gain and shift of each lane, and the pixels of an image row, which only pooling needs.</summary>
internal sealed record NormalizedTerms(float[] Mean, float[] Gain, float[] Shift, int Pixels);

/// <summary>Without pooling.</summary>
internal sealed unsafe class NormalizedActivation<TElement, TActivation>(TActivation activation) : NormalizedActivation
    where TElement : unmanaged, IElement<TElement>
    where TActivation : struct, IActivation
{
    public override BatchMoments Moments(nint x, ChannelBlocks blocks, int channels, int threads) => BatchMoments.Of((TElement*)x, blocks, channels, threads);

    public override void Forward(nint x, nint y, nint winners, ChannelBlocks blocks, NormalizedTerms terms, int threads) =>
        BlockLoop.Run(blocks.Count, threads, block => Forward((TElement*)x, (TElement*)y, blocks, terms, block));

    public override void Sum(nint x, nint gradient, nint winners, ChannelBlocks blocks, NormalizedTerms terms, LaneSums sums, int threads) =>
        BlockLoop.Run(blocks.Count, threads, block => Sum((TElement*)x, (TElement*)gradient, blocks, terms, sums, block));

    public override void InputGradient(
        nint x, nint gradient, nint winners, nint dx, ChannelBlocks blocks, NormalizedTerms terms, float[] constant, float[] slope, int threads) =>
        BlockLoop.Run(blocks.Count, threads, block => InputGradient((TElement*)x, (TElement*)gradient, (TElement*)dx, blocks, terms, constant, slope, block));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(TElement* x, TElement* y, ChannelBlocks blocks, NormalizedTerms terms, int block)
    {
        var f = activation;
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var lane = column * ChannelBlocks.Lanes;
            var mean = Vector512.LoadUnsafe(ref terms.Mean[lane]);
            var gain = Vector512.LoadUnsafe(ref terms.Gain[lane]);
            var shift = Vector512.LoadUnsafe(ref terms.Shift[lane]);
            var offset = (first * width) + blocks.Start(column);
            for (var row = first; row < end; row++)
            {
                var z = Vector512.MultiplyAddEstimate(TElement.Load(x + offset) - mean, gain, shift);
                TElement.Store(f.Value(z), y + offset);
                offset += width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(TElement* x, TElement* gradient, ChannelBlocks blocks, NormalizedTerms terms, LaneSums sums, int block)
    {
        var f = activation;
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var lane = column * ChannelBlocks.Lanes;
            var mean = Vector512.LoadUnsafe(ref terms.Mean[lane]);
            var gain = Vector512.LoadUnsafe(ref terms.Gain[lane]);
            var shift = Vector512.LoadUnsafe(ref terms.Shift[lane]);
            var gradients = Vector512<float>.Zero;
            var products = Vector512<float>.Zero;
            var offset = (first * width) + blocks.Start(column);
            for (var row = first; row < end; row++)
            {
                var deviation = TElement.Load(x + offset) - mean;
                var g = f.Backward(Vector512.MultiplyAddEstimate(deviation, gain, shift), TElement.Load(gradient + offset));
                gradients += g;
                products = Vector512.MultiplyAddEstimate(g, deviation, products);
                offset += width;
            }

            gradients.StoreUnsafe(ref sums[block, Gradients, column]);
            products.StoreUnsafe(ref sums[block, Products, column]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InputGradient(
        TElement* x, TElement* gradient, TElement* dx, ChannelBlocks blocks, NormalizedTerms terms, float[] constants, float[] slopes, int block)
    {
        var f = activation;
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var lane = column * ChannelBlocks.Lanes;
            var mean = Vector512.LoadUnsafe(ref terms.Mean[lane]);
            var gain = Vector512.LoadUnsafe(ref terms.Gain[lane]);
            var shift = Vector512.LoadUnsafe(ref terms.Shift[lane]);
            var constant = Vector512.LoadUnsafe(ref constants[lane]);
            var slope = Vector512.LoadUnsafe(ref slopes[lane]);
            var offset = (first * width) + blocks.Start(column);
            for (var row = first; row < end; row++)
            {
                var deviation = TElement.Load(x + offset) - mean;
                var g = f.Backward(Vector512.MultiplyAddEstimate(deviation, gain, shift), TElement.Load(gradient + offset));
                TElement.Store((g * gain) - Vector512.MultiplyAddEstimate(deviation, slope, constant), dx + offset);
                offset += width;
            }
        }
    }
}
