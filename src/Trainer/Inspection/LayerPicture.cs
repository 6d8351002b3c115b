using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Inspection;

/// <summary>The output of a layer, and the filters of a convolution, with a byte per value.</summary>
internal static class LayerPicture
{
    // Maps of a layer: 256 up to 16 x 16 values, and fewer of larger ones, so that an answer stays small.
    private const int FewestChannels = 64;
    private const int MostChannels = 256;
    private const int MostMapValues = 1 << 16;
    private const int MostValues = 4096;
    private const int MostExactValues = 64;
    private const int MostFilters = 256;

    // layer: null for the input. hasMaps: Whether the values are wanted too.
    public static LayerOutput Of(string name, LayerSpec? layer, string? from, SampleValues output, bool hasMaps)
    {
        var (low, high) = (output.Values.Min(), output.Values.Max());
        return new LayerOutput
        {
            Name = name,
            Kind = layer?.Kind ?? LayerOrder.Input,
            From = from,
            Shape = output.Shape,
            Window = WindowOf(layer),
            Low = low,
            High = high,
            Maps = hasMaps ? MapsOf(output, low, high) : [],
            Values = hasMaps && output.Shape.Count == 1 && output.Values.Length <= MostExactValues ? [.. output.Values.Select(value => (double)value)] : null,
        };
    }

    public static FilterBank FiltersOf(LayerPass pass)
    {
        var conv = (ConvLayer)pass.Planned.Layer;
        using var numbers = pass.Module.get_parameter("weight")!.detach().cpu().contiguous().data<float>();
        var weights = numbers.ToArray();
        var scale = weights.Max(Math.Abs);
        var size = pass.Input.Channels * conv.Kernel * conv.Kernel;
        return new FilterBank
        {
            Layer = pass.Planned.Name,
            Channels = pass.Input.Channels,
            Kernel = conv.Kernel,
            Scale = scale,
            Filters = [.. Enumerable.Range(0, Math.Min(conv.Filters, MostFilters))
                .Select(filter => Array.ConvertAll(weights[(filter * size)..((filter + 1) * size)], weight => Byte(128 + (127 * weight / scale))))],
        };
    }

    private static byte[][] MapsOf(SampleValues output, float low, float high)
    {
        var isImage = output.Shape.Count == 3;
        var size = isImage ? output.Height * output.Width : Math.Min(output.Values.Length, MostValues);
        return [.. Enumerable.Range(0, isImage ? Math.Min(output.Channels, Math.Clamp(MostMapValues / size, FewestChannels, MostChannels)) : 1)
            .Select(map => Array.ConvertAll(output.Values[(map * size)..((map + 1) * size)], value => Byte((value - low) / (high - low) * 255)))];
    }

    private static SlidingWindow? WindowOf(LayerSpec? layer) => layer switch
    {
        ConvLayer conv => new SlidingWindow { Size = conv.Kernel, Stride = conv.Stride, Padding = conv.Padding, Dilation = conv.Dilation },
        PoolLayer pool => new SlidingWindow { Size = pool.Size, Stride = pool.Size, Padding = 0, Dilation = 1 },
        _ => null,
    };

    // Where all values are equal there is no scale.
    private static byte Byte(float value) => float.IsFinite(value) ? (byte)Math.Clamp((int)MathF.Round(value), 0, 255) : (byte)0;
}
