using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainyard.Trainer.Kernels;

// With the maximum over squares of 2 x 2 pixels. A row of the blocks is a pair of image rows. The activation is computed for the largest and, unless it is
// increasing, the smallest of the four arguments only. Winners are the positions of the maxima in their squares: 0 and 1 above, 2 and 3 below.
internal sealed unsafe class PooledActivation<TElement, TActivation>(TActivation activation) : NormalizedActivation
    where TElement : unmanaged, IElement<TElement>
    where TActivation : struct, IActivation
{
    public override BatchMoments Moments(nint x, ChannelBlocks blocks, int channels, int threads) => BatchMoments.Of((TElement*)x, blocks, channels, threads);

    public override void Forward(nint x, nint y, nint winners, ChannelBlocks blocks, NormalizedTerms terms, int threads) =>
        BlockLoop.Run(blocks.Count, threads, block => Forward((TElement*)x, (TElement*)y, (byte*)winners, blocks, terms, block));

    public override void Sum(nint x, nint gradient, nint winners, ChannelBlocks blocks, NormalizedTerms terms, LaneSums sums, int threads) =>
        BlockLoop.Run(blocks.Count, threads, block => Sum((TElement*)x, (TElement*)gradient, (byte*)winners, blocks, terms, sums, block));

    public override void InputGradient(
        nint x, nint gradient, nint winners, nint dx, ChannelBlocks blocks, NormalizedTerms terms, float[] constant, float[] slope, int threads) =>
        BlockLoop.Run(
            blocks.Count, threads, block => InputGradient((TElement*)x, (TElement*)gradient, (byte*)winners, (TElement*)dx, blocks, terms, constant, slope, block));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(TElement* x, TElement* y, byte* winners, ChannelBlocks blocks, NormalizedTerms terms, int block)
    {
        var f = activation;
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        var below = terms.Pixels * width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var lane = column * ChannelBlocks.Lanes;
            var mean = Vector512.LoadUnsafe(ref terms.Mean[lane]);
            var gain = Vector512.LoadUnsafe(ref terms.Gain[lane]);
            var shift = Vector512.LoadUnsafe(ref terms.Shift[lane]);
            for (var row = first; row < end; row++)
            {
                var square = x + (row * 2 * below) + blocks.Start(column);
                var output = (row * (below / 2)) + blocks.Start(column);
                for (var pixel = 0; pixel < terms.Pixels; pixel += 2)
                {
                    var z0 = Vector512.MultiplyAddEstimate(TElement.Load(square) - mean, gain, shift);
                    var z1 = Vector512.MultiplyAddEstimate(TElement.Load(square + width) - mean, gain, shift);
                    var z2 = Vector512.MultiplyAddEstimate(TElement.Load(square + below) - mean, gain, shift);
                    var z3 = Vector512.MultiplyAddEstimate(TElement.Load(square + below + width) - mean, gain, shift);
                    var (largest, winner) = Extreme(z0, z1, z2, z3, largest: true);
                    var value = f.Value(largest);
                    if (!TActivation.IsIncreasing)
                    {
                        var (smallest, other) = Extreme(z0, z1, z2, z3, largest: false);
                        var otherValue = f.Value(smallest);
                        var wins = Vector512.GreaterThan(otherValue, value);
                        value = Vector512.ConditionalSelect(wins, otherValue, value);
                        winner = Vector512.ConditionalSelect(wins.AsInt32(), other, winner);
                    }

                    TElement.Store(value, y + output);
                    if (winners is not null)
                    {
                        StoreBytes(winner, winners + output);
                    }

                    square += 2 * width;
                    output += width;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(TElement* x, TElement* gradient, byte* winners, ChannelBlocks blocks, NormalizedTerms terms, LaneSums sums, int block)
    {
        var f = activation;
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        var below = terms.Pixels * width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var lane = column * ChannelBlocks.Lanes;
            var mean = Vector512.LoadUnsafe(ref terms.Mean[lane]);
            var gain = Vector512.LoadUnsafe(ref terms.Gain[lane]);
            var shift = Vector512.LoadUnsafe(ref terms.Shift[lane]);
            var gradients = Vector512<float>.Zero;
            var products = Vector512<float>.Zero;
            for (var row = first; row < end; row++)
            {
                var square = x + (row * 2 * below) + blocks.Start(column);
                var output = (row * (below / 2)) + blocks.Start(column);
                for (var pixel = 0; pixel < terms.Pixels; pixel += 2)
                {
                    var winner = LoadBytes(winners + output);
                    var above = Vector512.ConditionalSelect(Is(winner, 1), TElement.Load(square + width), TElement.Load(square));
                    var beneath = Vector512.ConditionalSelect(Is(winner, 3), TElement.Load(square + below + width), TElement.Load(square + below));
                    var deviation = Vector512.ConditionalSelect(Vector512.GreaterThan(winner, Vector512<int>.One).AsSingle(), beneath, above) - mean;
                    var g = f.Backward(Vector512.MultiplyAddEstimate(deviation, gain, shift), TElement.Load(gradient + output));
                    gradients += g;
                    products = Vector512.MultiplyAddEstimate(g, deviation, products);
                    square += 2 * width;
                    output += width;
                }
            }

            gradients.StoreUnsafe(ref sums[block, Gradients, column]);
            products.StoreUnsafe(ref sums[block, Products, column]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InputGradient(
        TElement* x, TElement* gradient, byte* winners, TElement* dx, ChannelBlocks blocks, NormalizedTerms terms, float[] constants, float[] slopes, int block)
    {
        var f = activation;
        var (first, end) = blocks.Rows(block);
        nint width = blocks.Width;
        var below = terms.Pixels * width;
        for (var column = 0; column < blocks.Columns; column++)
        {
            var lane = column * ChannelBlocks.Lanes;
            var mean = Vector512.LoadUnsafe(ref terms.Mean[lane]);
            var gain = Vector512.LoadUnsafe(ref terms.Gain[lane]);
            var shift = Vector512.LoadUnsafe(ref terms.Shift[lane]);
            var constant = Vector512.LoadUnsafe(ref constants[lane]);
            var slope = Vector512.LoadUnsafe(ref slopes[lane]);
            for (var row = first; row < end; row++)
            {
                var square = (row * 2 * below) + blocks.Start(column);
                var output = (row * (below / 2)) + blocks.Start(column);
                for (var pixel = 0; pixel < terms.Pixels; pixel += 2)
                {
                    var winner = LoadBytes(winners + output);
                    var d0 = TElement.Load(x + square) - mean;
                    var d1 = TElement.Load(x + square + width) - mean;
                    var d2 = TElement.Load(x + square + below) - mean;
                    var d3 = TElement.Load(x + square + below + width) - mean;
                    var above = Vector512.ConditionalSelect(Is(winner, 1), d1, d0);
                    var beneath = Vector512.ConditionalSelect(Is(winner, 3), d3, d2);
                    var deviation = Vector512.ConditionalSelect(Vector512.GreaterThan(winner, Vector512<int>.One).AsSingle(), beneath, above);
                    var g = f.Backward(Vector512.MultiplyAddEstimate(deviation, gain, shift), TElement.Load(gradient + output)) * gain;
                    TElement.Store((g & Is(winner, 0)) - Vector512.MultiplyAddEstimate(d0, slope, constant), dx + square);
                    TElement.Store((g & Is(winner, 1)) - Vector512.MultiplyAddEstimate(d1, slope, constant), dx + square + width);
                    TElement.Store((g & Is(winner, 2)) - Vector512.MultiplyAddEstimate(d2, slope, constant), dx + square + below);
                    TElement.Store((g & Is(winner, 3)) - Vector512.MultiplyAddEstimate(d3, slope, constant), dx + square + below + width);
                    square += 2 * width;
                    output += width;
                }
            }
        }
    }

    // The largest or smallest value, and which it is; the first of equal ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Value, Vector512<int> Winner) Extreme(
        Vector512<float> z0, Vector512<float> z1, Vector512<float> z2, Vector512<float> z3, bool largest)
    {
        var right = Beats(z1, z0);
        var above = Vector512.ConditionalSelect(right, z1, z0);
        var rightBelow = Beats(z3, z2);
        var beneath = Vector512.ConditionalSelect(rightBelow, z3, z2);
        var low = Beats(beneath, above);
        return (
            Vector512.ConditionalSelect(low, beneath, above),
            Vector512.ConditionalSelect(low.AsInt32(), Vector512.Create(2) - rightBelow.AsInt32(), -right.AsInt32()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<float> Beats(Vector512<float> challenger, Vector512<float> holder) =>
            largest ? Vector512.GreaterThan(challenger, holder) : Vector512.LessThan(challenger, holder);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Is(Vector512<int> winner, int position) => Vector512.Equals(winner, Vector512.Create(position)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> LoadBytes(byte* from)
    {
        var bytes = Vector128.Load(from);
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512Int32(bytes);
        }

        var (lower, upper) = Vector128.Widen(bytes);
        return Vector512.Create(
            Vector256.Create(Vector128.WidenLower(lower), Vector128.WidenUpper(lower)), Vector256.Create(Vector128.WidenLower(upper), Vector128.WidenUpper(upper))).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBytes(Vector512<int> values, byte* to)
    {
        var bytes = Avx512F.IsSupported
            ? Avx512F.ConvertToVector128Byte(values)
            : Narrow(Vector256.Narrow(values.GetLower(), values.GetUpper()).AsUInt16());
        bytes.Store(to);

        static Vector128<byte> Narrow(Vector256<ushort> halves) => Vector128.Narrow(halves.GetLower(), halves.GetUpper());
    }
}
