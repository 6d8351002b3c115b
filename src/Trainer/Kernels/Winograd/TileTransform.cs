using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Trainyard.Trainer.Kernels.Winograd.MinimalFilter;

namespace Trainyard.Trainer.Kernels.Winograd;

/// <summary>The transforms of <see cref="MinimalFilter"/> in two dimensions, for all channels: first along the rows, then along the columns.</summary>
// Values of a point are next to those of the same point of other channels, pointStep from those of the next point. Channels are in panels of a vector each; the last panel ends
// with the channels, so it may repeat some of the one before. work: Of WorkLength values, aligned.
internal static unsafe class TileTransform<TElement>
    where TElement : unmanaged, IElement<TElement>
{
    /// <summary>Values of the results between rows and columns.</summary>
    public const int WorkLength = PointCount * Lanes;

    private const int Lanes = PaddedProduct.Lanes;

    // B^T d B of a tile. panelStep: From a panel of channels to the next; 0: channels are side by side.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(TileGrid grid, int tile, TElement* images, int channels, TElement* outside, float* work, float* target, nint pointStep, nint panelStep)
    {
        var pixels = stackalloc TElement*[PointCount];
        grid.Input(tile, images, channels, outside, pixels);
        for (var panel = 0; panel * Lanes < channels; panel++)
        {
            var start = Start(panel, channels);
            for (var row = 0; row < Points; row++)
            {
                var line = pixels + (row * Points);
                MinimalFilter.Input(
                    TElement.Load(line[0] + start),
                    TElement.Load(line[1] + start),
                    TElement.Load(line[2] + start),
                    TElement.Load(line[3] + start),
                    TElement.Load(line[4] + start),
                    TElement.Load(line[5] + start),
                    work + (row * Points * Lanes),
                    Lanes);
            }

            var to = target + (panelStep == 0 ? start : panel * panelStep);
            for (var column = 0; column < Points; column++)
            {
                var from = work + (column * Lanes);
                MinimalFilter.Input(At(from, 0), At(from, 1), At(from, 2), At(from, 3), At(from, 4), At(from, 5), to + (column * pointStep), Points * pointStep);
            }
        }
    }

    // A dy A^T of a tile.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(TileGrid grid, int tile, TElement* gradient, int channels, TElement* outside, float* work, float* target, nint pointStep)
    {
        var pixels = stackalloc TElement*[Outputs * Outputs];
        grid.Output(tile, gradient, channels, outside, pixels);
        for (var panel = 0; panel * Lanes < channels; panel++)
        {
            var start = Start(panel, channels);
            for (var row = 0; row < Outputs; row++)
            {
                var line = pixels + (row * Outputs);
                MinimalFilter.OutputGradient(TElement.Load(line[0] + start), TElement.Load(line[1] + start), TElement.Load(line[2] + start), TElement.Load(line[3] + start), work + (row * Points * Lanes), Lanes);
            }

            for (var column = 0; column < Points; column++)
            {
                var from = work + (column * Lanes);
                MinimalFilter.OutputGradient(At(from, 0), At(from, 1), At(from, 2), At(from, 3), target + start + (column * pointStep), Points * pointStep);
            }
        }
    }

    // A^T m A of a tile, plus the bias, in the number format of the output.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(TileGrid grid, int tile, float* products, nint pointStep, int channels, float* bias, float* work, TElement* output, TElement* outside)
    {
        var pixels = stackalloc TElement*[Outputs * Outputs];
        grid.Output(tile, output, channels, outside, pixels);
        for (var panel = 0; panel * Lanes < channels; panel++)
        {
            var start = Start(panel, channels);
            for (var row = 0; row < Points; row++)
            {
                var from = products + (panel * Lanes) + (row * Points * pointStep);
                var (y0, y1, y2, y3) = MinimalFilter.Output(from, pointStep);
                var to = work + (row * Outputs * Lanes);
                y0.Store(to);
                y1.Store(to + Lanes);
                y2.Store(to + (2 * Lanes));
                y3.Store(to + (3 * Lanes));
            }

            var shift = bias is null ? Vector512<float>.Zero : Vector512.Load(bias + start);
            for (var column = 0; column < Outputs; column++)
            {
                var from = work + (column * Lanes);
                var (y0, y1, y2, y3) = MinimalFilter.Output(from, Outputs * Lanes);
                TElement.Store(y0 + shift, pixels[column] + start);
                TElement.Store(y1 + shift, pixels[Outputs + column] + start);
                TElement.Store(y2 + shift, pixels[(2 * Outputs) + column] + start);
                TElement.Store(y3 + shift, pixels[(3 * Outputs) + column] + start);
            }
        }
    }

    // G w G^T of a panel of filters from one input channel. taps: 3 x 3, tapStep apart.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter(float* taps, nint tapStep, float* target, nint pointStep)
    {
        var memory = stackalloc float[(Taps * Points * Lanes) + Lanes];
        var work = Aligned(memory);
        for (var row = 0; row < Taps; row++)
        {
            var line = taps + (row * Taps * tapStep);
            MinimalFilter.Filter(line, tapStep, work + (row * Points * Lanes), Lanes);
        }

        for (var column = 0; column < Points; column++)
        {
            MinimalFilter.Filter(work + (column * Lanes), Points * Lanes, target + (column * pointStep), Points * pointStep);
        }
    }

    // G^T u G of one filter. target: [3 x 3, channels].
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FilterGradient(float* sums, nint pointStep, int channels, TElement* target)
    {
        var memory = stackalloc float[(Points * Taps * Lanes) + Lanes];
        var work = Aligned(memory);
        for (var panel = 0; panel * Lanes < channels; panel++)
        {
            var start = Start(panel, channels);
            for (var row = 0; row < Points; row++)
            {
                var from = sums + (panel * Lanes) + (row * Points * pointStep);
                var (w0, w1, w2) = MinimalFilter.FilterGradient(from, pointStep);
                var to = work + (row * Taps * Lanes);
                w0.Store(to);
                w1.Store(to + Lanes);
                w2.Store(to + (2 * Lanes));
            }

            for (var column = 0; column < Taps; column++)
            {
                var from = work + (column * Lanes);
                var (w0, w1, w2) = MinimalFilter.FilterGradient(from, Taps * Lanes);
                TElement.Store(w0, target + ((nint)column * channels) + start);
                TElement.Store(w1, target + ((nint)(Taps + column) * channels) + start);
                TElement.Store(w2, target + ((nint)((2 * Taps) + column) * channels) + start);
            }
        }
    }

    // The first line of the cache that begins in memory.
    private static float* Aligned(float* memory) => (float*)(((nint)memory + (Lanes * sizeof(float)) - 1) & -(Lanes * sizeof(float)));

    // A value of a column in the work of a transform, by its row of six.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> At(float* column, int row) => Vector512.Load(column + (row * Points * Lanes));

    // Where a panel begins among the channels.
    public static int Start(int panel, int channels) => Math.Min(panel * Lanes, channels - Lanes);
}
