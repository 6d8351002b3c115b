namespace Trainyard.Specs.Models;

/// <summary>Layers in the making: each added layer is named, and its output shape and cost are inferred from what came before.</summary>
internal sealed class LayerSequence(IReadOnlyList<int> input)
{
    private readonly List<PlannedLayer> layers = [];
    private readonly Dictionary<string, int> counts = [];

    public IReadOnlyList<PlannedLayer> Layers => layers;

    /// <summary>Shape of one sample after the layers so far.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = input;

    /// <summary>The shape as channels, height and width; only while it is an image.</summary>
    public (int Channels, int Height, int Width) Image => (Shape[0], Shape[1], Shape[2]);

    public void Add(LayerSpec layer, string? name = null)
    {
        if (name is null)
        {
            var number = counts.GetValueOrDefault(layer.Kind) + 1;
            counts[layer.Kind] = number;
            name = $"{layer.Kind}{number}";
        }

        var output = OutputOf(layer);
        layers.Add(new PlannedLayer
        {
            Name = name,
            Layer = layer,
            Input = Shape,
            Output = output,
            Parameters = ParametersOf(layer),
            Flops = FlopsOf(layer, output),
        });
        Shape = output;
    }

    private static long Size(IReadOnlyList<int> shape) => shape.Aggregate(1L, (product, side) => product * side);

    private IReadOnlyList<int> OutputOf(LayerSpec layer) => layer switch
    {
        ConvLayer conv => [conv.Filters, Slide(Shape[1], conv), Slide(Shape[2], conv)],
        DenseLayer dense => [dense.Units],
        PoolLayer pool => [Shape[0], Shape[1] / pool.Size, Shape[2] / pool.Size],
        GlobalPoolLayer => [Shape[0]],
        FlattenLayer => [checked((int)Size(Shape))],
        _ => Shape,
    };

    // Positions of a filter along one side: floor((n + 2 p - k) / s) + 1.
    private static int Slide(int side, ConvLayer conv) => ((side + (2 * conv.Padding) - conv.Kernel) / conv.Stride) + 1;

    private long ParametersOf(LayerSpec layer) => layer switch
    {
        ConvLayer conv => ((long)Shape[0] * conv.Kernel * conv.Kernel * conv.Filters) + (conv.Bias ? conv.Filters : 0),
        DenseLayer dense => (Size(Shape) * dense.Units) + (dense.Bias ? dense.Units : 0),
        BatchNormLayer => 2L * Shape[0],
        _ => 0,
    };

    private long FlopsOf(LayerSpec layer, IReadOnlyList<int> output) => layer switch
    {
        ConvLayer conv => Size(output) * ((2L * Shape[0] * conv.Kernel * conv.Kernel) + (conv.Bias ? 1 : 0)),
        DenseLayer dense => output[0] * ((2L * Size(Shape)) + (dense.Bias ? 1 : 0)),
        PoolLayer pool => Size(output) * pool.Size * pool.Size,
        BatchNormLayer => 2 * Size(output),
        FlattenLayer => 0,
        _ => Size(Shape),
    };
}
