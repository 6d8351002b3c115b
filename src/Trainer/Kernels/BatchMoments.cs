using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// Mean and variance (of the population) per channel of a batch.
internal sealed record BatchMoments(int Count, double[] Mean, double[] Variance)
{
    private const int SampledRows = 64;
    private const int Deviations = 0;
    private const int Squares = 1;

    // x: [rows, channels]. One pass over the data sums deviations from a center and their squares, in float32 within a block. The center is the mean of some rows:
    // it is so close to the mean that little cancels in variance = mean square - squared mean (Chan, Golub, LeVeque, 1983, on shifted data).
    public static unsafe BatchMoments Of<TElement>(TElement* x, ChannelBlocks blocks, int channels, int threads)
        where TElement : unmanaged, IElement<TElement>
    {
        var centers = new float[blocks.LaneCount];
        Center(x, blocks, centers);
        using var sums = new LaneSums(blocks, kinds: 2);
        BlockLoop.Run(blocks.Count, threads, block => Sum(x, blocks, centers, sums, block));
        return Merge(blocks, channels, centers, sums.Total(Deviations), sums.Total(Squares));
    }

    /// <summary>Running statistics, [C] float32 each, as moments.</summary>
    public static BatchMoments OfRunning(Tensor mean, Tensor variance)
    {
        double[] means = [.. TensorRows.Values(mean)];
        double[] variances = [.. TensorRows.Values(variance)];
        return new BatchMoments(0, means, variances);
    }

    /// <summary>Moves running statistics, [C] float32, a share of the way to those of the batch, with the unbiased variance.</summary>
    public void MixInto(Tensor runningMean, Tensor runningVariance, double share)
    {
        var means = TensorRows.Values(runningMean);
        var variances = TensorRows.Values(runningVariance);
        for (var channel = 0; channel < means.Length; channel++)
        {
            means[channel] = (float)(((1 - share) * means[channel]) + (share * Mean[channel]));
            variances[channel] = (float)(((1 - share) * variances[channel]) + (share * Variance[channel] * Count / (Count - 1)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Center<TElement>(TElement* x, ChannelBlocks blocks, float[] centers)
        where TElement : unmanaged, IElement<TElement>
    {
        var step = Math.Max(1, blocks.RowCount / SampledRows);
        var sampled = (blocks.RowCount + step - 1) / step;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var from = x + blocks.Start(column);
            var sum = Vector512<float>.Zero;
            for (var row = 0; row < sampled; row++)
            {
                sum += TElement.Load(from);
                from += (nint)step * blocks.Width;
            }

            (sum / Vector512.Create((float)sampled)).StoreUnsafe(ref centers[column * ChannelBlocks.Lanes]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Sum<TElement>(TElement* x, ChannelBlocks blocks, float[] centers, LaneSums sums, int block)
        where TElement : unmanaged, IElement<TElement>
    {
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var center = Vector512.LoadUnsafe(ref centers[column * ChannelBlocks.Lanes]);
            var deviations = Vector512<float>.Zero;
            var squares = Vector512<float>.Zero;
            var from = x + (first * width) + blocks.Start(column);
            for (var row = first; row < end; row++)
            {
                var deviation = TElement.Load(from) - center;
                deviations += deviation;
                squares = Vector512.MultiplyAddEstimate(deviation, deviation, squares);
                from += width;
            }

            deviations.StoreUnsafe(ref sums[block, Deviations, column]);
            squares.StoreUnsafe(ref sums[block, Squares, column]);
        }
    }

    // Of the lanes to those of the channels: a channel may have several lanes, each with the same number of rows.
    private static BatchMoments Merge(ChannelBlocks blocks, int channels, float[] centers, double[] deviations, double[] squares)
    {
        double rows = blocks.RowCount;
        var mean = new double[channels];
        var variance = new double[channels];
        var lanesPerChannel = blocks.Width / channels;
        foreach (var (lane, channel) in blocks.DistinctLanes())
        {
            mean[channel] += (centers[lane] + (deviations[lane] / rows)) / lanesPerChannel;
        }

        foreach (var (lane, channel) in blocks.DistinctLanes())
        {
            // Squares around the channel's mean, from those around the center.
            var offset = centers[lane] - mean[channel];
            variance[channel] += ((squares[lane] + (2 * offset * deviations[lane])) / rows + (offset * offset)) / lanesPerChannel;
        }

        return new BatchMoments(blocks.RowCount * lanesPerChannel, mean, Array.ConvertAll(variance, value => Math.Max(0, value)));
    }
}
