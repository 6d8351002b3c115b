using System.Runtime.Intrinsics;
using static Trainyard.Trainer.Kernels.Winograd.MinimalFilter;

namespace Trainyard.Trainer.Kernels.Winograd;

/// <summary>A convolution of images [N, C, H, W], channels last in memory, with filters [F, C, 3, 3] and a stride of one pixel, and its gradients, by <see cref="MinimalFilter"/>.</summary>
// Tiles of the input and filters are transformed; at each of the 36 points the transformed output is one product of matrices, [tiles, C] [C, F]. All in float32, whatever the
// format of the tensors. Channels are in panels of a vector each; the last panel ends with the channels, so it may repeat some of the one before. Results do not depend on the
// number of threads.
internal abstract class WinogradConvolution
{
    protected const int Lanes = PaddedProduct.Lanes;

    /// <summary>The convolution of a number format.</summary>
    public static WinogradConvolution Of(ScalarType type) => type == ScalarType.Float32 ? new WinogradConvolution<Float32>(type) : new WinogradConvolution<Bfloat16>(type);

    /// <summary>That of the number format of images and filters, where it is faster than the library's (bench/kernels/README.md); else null.</summary>
    public static WinogradConvolution? WherePays(Tensor images, Tensor filters, int padding)
    {
        if (!Vector256.IsHardwareAccelerated || !KernelSwitch.IsOn || images.device_type != DeviceType.CPU)
        {
            return null;
        }

        var (inputs, outputs) = (images.shape[1], filters.shape[0]);
        var grid = Grid(images, padding);
        return images.dtype switch
        {
            _ when inputs < Lanes || outputs < Lanes => null,
            ScalarType.Float32 when grid.Count >= 16 && grid.CoveredShare >= 0.5 && inputs * outputs >= 512 => Of(ScalarType.Float32),
            // The library multiplies bfloat16 with twice as many values of a vector, and in tiles of the processor with many more.
            ScalarType.BFloat16 when !Processor.MultipliesTiles && grid.Count >= 32 && grid.CoveredShare >= 0.75 && grid.CoveredShare * inputs * outputs >= 1024 => Of(ScalarType.BFloat16),
            _ => null,
        };
    }

    protected static TileGrid Grid(Tensor images, int padding) => new((int)images.shape[0], (int)images.shape[2], (int)images.shape[3], padding);

    // The output, [N, F, H', W']. bias: [F], or null.
    public abstract Tensor Forward(Tensor images, Tensor filters, Tensor? bias, int padding);

    // The gradient of the images. gradient: That of the output.
    public abstract Tensor ImageGradient(Tensor gradient, Tensor filters, int padding);

    // The gradient of the filters. gradient: That of the output.
    public abstract Tensor FilterGradient(Tensor images, Tensor gradient, int padding);
}

internal sealed unsafe class WinogradConvolution<TElement>(ScalarType type) : WinogradConvolution
    where TElement : unmanaged, IElement<TElement>
{
    // Tiles of a block of work: the more, the less often all filters are read; the fewer, the more of them a cache holds.
    private const int MostTiles = 32;
    private const int LeastTiles = 8;

    // Bytes of transformed images and gradients whose part of the filters' gradient is computed at once, which should stay in the caches.
    private const int GroupBytes = 1 << 21;

    // A few values more between the points: at a power of two, their values of one tile would fall into the same lines of the cache.
    private const int PointGap = 16;

    public override Tensor Forward(Tensor images, Tensor filters, Tensor? bias, int padding)
    {
        using var taps = TensorRows.Of(filters);
        var (outputs, inputs) = ((int)filters.shape[0], (int)filters.shape[1]);
        var length = Taps * Taps * inputs;
        using var transformed = new Scratch((long)PointCount * inputs * Padded(outputs));
        var (from, target) = (TensorRows.Address(taps), transformed.Address);
        BlockLoop.Run(Padded(outputs) / Lanes, get_num_threads(), panel =>
        {
            using var scratch = new Scratch(2L * Lanes * length);
            var rows = (float*)scratch.Address;
            var columns = rows + (Lanes * length);
            Convert((TElement*)from + ((nint)TileTransform<TElement>.Start(panel, outputs) * length), rows, Lanes * length);
            Transpose(rows, columns, length);
            for (var input = 0; input < inputs; input++)
            {
                TileTransform<TElement>.Filter(columns + (input * Lanes), inputs * Lanes, (float*)target + ((((nint)panel * inputs) + input) * Lanes), (nint)inputs * Padded(outputs));
            }
        });
        return Convolve(images, target, outputs, bias, padding);
    }

    // The convolution of the output's gradient with the filters turned by half a turn, from their outputs to their inputs.
    public override Tensor ImageGradient(Tensor gradient, Tensor filters, int padding)
    {
        using var taps = TensorRows.Of(filters);
        var (outputs, inputs) = ((int)filters.shape[0], (int)filters.shape[1]);
        var length = Taps * Taps * inputs;
        using var transformed = new Scratch((long)PointCount * outputs * Padded(inputs));
        var (from, target) = (TensorRows.Address(taps), transformed.Address);
        BlockLoop.Run(outputs, get_num_threads(), output =>
        {
            using var scratch = new Scratch(length);
            var rows = (float*)scratch.Address;
            Convert((TElement*)from + ((nint)output * length), rows, length);
            for (var panel = 0; panel < Padded(inputs) / Lanes; panel++)
            {
                var last = rows + (length - inputs) + TileTransform<TElement>.Start(panel, inputs);
                TileTransform<TElement>.Filter(last, -inputs, (float*)target + ((((nint)panel * outputs) + output) * Lanes), (nint)outputs * Padded(inputs));
            }
        });
        return Convolve(gradient, target, inputs, bias: null, Taps - 1 - padding);
    }

    // dU = sum over tiles (A dY A^T)^T (B^T X B) at each point, and dW = G^T dU G: the adjoint of the forward pass.
    public override Tensor FilterGradient(Tensor images, Tensor gradient, int padding)
    {
        using var imageMemory = TensorRows.Of(images);
        using var gradientMemory = TensorRows.Of(gradient);
        var grid = Grid(images, padding);
        var (inputs, outputs) = ((int)images.shape[1], (int)gradient.shape[1]);
        var width = Padded(inputs);
        var group = Math.Min(grid.Count, Math.Max(1, GroupBytes / (PointCount * (width + outputs) * sizeof(float)) / MostTiles) * MostTiles);
        using var inputScratch = new Scratch(PointCount * (((long)group * width) + PointGap));
        using var gradientScratch = new Scratch(PointCount * (((long)group * outputs) + PointGap));
        using var sumScratch = new Scratch((long)PointCount * outputs * width);
        var (x, dy, v, d, sums) = (TensorRows.Address(imageMemory), TensorRows.Address(gradientMemory), inputScratch.Address, gradientScratch.Address, sumScratch.Address);
        var inputStep = ((nint)group * width) + PointGap;
        var gradientStep = ((nint)group * outputs) + PointGap;
        var threads = get_num_threads();
        for (var begin = 0; begin < grid.Count; begin += group)
        {
            var (first, count) = (begin, Math.Min(group, grid.Count - begin));
            BlockLoop.Run((count + LeastTiles - 1) / LeastTiles, threads, block =>
            {
                using var scratch = new Scratch(TileTransform<TElement>.WorkLength + Math.Max(inputs, outputs));
                var work = (float*)scratch.Address;
                var outside = (TElement*)(work + TileTransform<TElement>.WorkLength);
                new Span<TElement>(outside, Math.Max(inputs, outputs)).Clear();
                for (var tile = block * LeastTiles; tile < Math.Min(count, (block + 1) * LeastTiles); tile++)
                {
                    TileTransform<TElement>.Input(grid, first + tile, (TElement*)x, inputs, outside, work, (float*)v + ((nint)tile * Lanes), inputStep, (nint)group * Lanes);
                    TileTransform<TElement>.OutputGradient(grid, first + tile, (TElement*)dy, outputs, outside, work, (float*)d + ((nint)tile * outputs), gradientStep);
                }
            });
            BlockLoop.Run(PointCount, threads, point =>
            {
                var sum = (float*)sums + ((nint)point * outputs * width);
                PaddedProduct.Run(
                    new Scalars((float*)d + (point * gradientStep), 1, outputs),
                    Panels.Packed((float*)v + (point * inputStep), group),
                    sum,
                    first == 0 ? null : sum,
                    width,
                    outputs,
                    count,
                    width);
            });
        }

        var filterGradient = TensorRows.Empty([outputs, inputs, Taps, Taps], type);
        using var target = TensorRows.Of(filterGradient);
        var to = TensorRows.Address(target);
        BlockLoop.Run(outputs, threads, output => TileTransform<TElement>.FilterGradient((float*)sums + ((nint)output * width), (nint)outputs * width, inputs, (TElement*)to + ((nint)output * Taps * Taps * inputs)));
        return filterGradient;
    }

    // filters: Transformed, [points, panels of the output, C, lanes].
    private Tensor Convolve(Tensor images, nint filters, int outputs, Tensor? bias, int padding)
    {
        using var memory = TensorRows.Of(images);
        using var biases = bias?.to_type(ScalarType.Float32);
        var grid = Grid(images, padding);
        var inputs = (int)images.shape[1];
        var width = Padded(outputs);
        var output = TensorRows.Empty([images.shape[0], outputs, grid.OutputHeight, grid.OutputWidth], type);
        using var target = TensorRows.Of(output);
        var (x, y, shift) = (TensorRows.Address(memory), TensorRows.Address(target), biases is null ? 0 : TensorRows.Address(biases));
        var threads = get_num_threads();
        var tiles = Math.Clamp(grid.Count / threads / LeastTiles * LeastTiles, LeastTiles, MostTiles);
        BlockLoop.Run((grid.Count + tiles - 1) / tiles, threads, block =>
        {
            var (first, count) = (block * tiles, Math.Min(tiles, grid.Count - (block * tiles)));
            var inputStep = ((nint)tiles * inputs) + PointGap;
            var outputStep = ((nint)tiles * width) + PointGap;
            using var scratch = new Scratch(TileTransform<TElement>.WorkLength + (PointCount * ((long)inputStep + outputStep)) + Math.Max(inputs, outputs));
            var work = (float*)scratch.Address;
            var v = work + TileTransform<TElement>.WorkLength;
            var m = v + (PointCount * inputStep);
            var outside = (TElement*)(m + (PointCount * outputStep));
            new Span<TElement>(outside, inputs).Clear();
            for (var tile = 0; tile < count; tile++)
            {
                TileTransform<TElement>.Input(grid, first + tile, (TElement*)x, inputs, outside, work, v + ((nint)tile * inputs), inputStep, 0);
            }

            for (var point = 0; point < PointCount; point++)
            {
                PaddedProduct.Run(
                    new Scalars(v + (point * inputStep), inputs, 1),
                    Panels.Packed((float*)filters + ((nint)point * inputs * width), inputs),
                    m + (point * outputStep),
                    start: null,
                    startStep: 0,
                    count,
                    inputs,
                    width);
            }

            for (var tile = 0; tile < count; tile++)
            {
                TileTransform<TElement>.Output(grid, first + tile, m + ((nint)tile * width), outputStep, outputs, (float*)shift, work, (TElement*)y, outside);
            }
        });
        return output;
    }

    private static int Padded(int channels) => PaddedProduct.Padded(channels);

    // From Lanes rows to rows of Lanes values.
    private static void Transpose(float* from, float* to, int length)
    {
        for (var position = 0; position < length; position++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                to[(position * Lanes) + lane] = from[(lane * length) + position];
            }
        }
    }

    private static void Convert(TElement* from, float* to, int count)
    {
        for (var index = 0; index < count; index += Lanes)
        {
            var start = Math.Min(index, count - Lanes);
            TElement.Load(from + start).Store(to + start);
        }
    }
}
