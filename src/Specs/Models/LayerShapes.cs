using System.Globalization;

namespace Trainyard.Specs.Models;

/// <summary>What a layer does to the shape of a sample, and what it costs.</summary>
internal static class LayerShapes
{
    public static long Size(IReadOnlyList<int> shape) => shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>Why the layer does not fit its input; null when it fits.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Shape of one sample before it.</param>
    /// <param name="pointer">JSON pointer to the setting that made the layer.</param>
    public static ShapeProblem? Check(LayerSpec layer, IReadOnlyList<int> input, string pointer) => layer switch
    {
        ConvLayer or PoolLayer or GlobalPoolLayer when input.Count != 3 => new ShapeProblem(
            pointer, Quote(layer.Kind), $"a layer for vectors, such as dense: the input here is {Text(input)}",
            $"A {layer.Kind} layer needs images.", "Put it before the flatten, global pool or dense layer."),
        ConvLayer conv when Reach(conv) > Padded(conv, input) => new ShapeProblem(
            $"{pointer}/kernel", $"{conv.Kernel}", $"a filter that covers at most {Padded(conv, input)} pixels: the input here is {input[1]} x {input[2]} with padding {conv.Padding}",
            $"The filter covers {Reach(conv)} pixels, more than its input has.", "Use a smaller filter, more padding, or less pooling before it."),
        PoolLayer pool when Math.Min(input[1], input[2]) < pool.Size => new ShapeProblem(
            $"{pointer}/pool", Quote(pool.Pool.ToString().ToLowerInvariant()), $"no pooling: the feature map here is {input[1]} x {input[2]}, the window {pool.Size} x {pool.Size}",
            "There is nothing left to pool.", "Leave the pooling out here, or pool less before."),
        DenseLayer when input.Count != 1 => new ShapeProblem(
            pointer, Quote(layer.Kind), $"a layer for images, or flatten first: the input here is {Text(input)}",
            "A dense layer needs a vector.", "Put { \"kind\": \"flatten\" } or a global pool before it."),
        ActivationLayer { Activation: { Name: "maxout" } maxout } when input[0] % maxout.Integer("pieces") != 0 => new ShapeProblem(
            pointer, $"{input[0]} channels or units", $"a multiple of {maxout.Integer("pieces")} before maxout",
            "Maxout takes the largest of each group of channels, and the last group is not full.", $"Give the layer before it a multiple of {maxout.Integer("pieces")} outputs."),
        _ => null,
    };

    public static IReadOnlyList<int> Output(LayerSpec layer, IReadOnlyList<int> input) => layer switch
    {
        ConvLayer conv => [conv.Filters, Positions(input[1], conv), Positions(input[2], conv)],
        DenseLayer dense => [dense.Units],
        PoolLayer pool => [input[0], input[1] / pool.Size, input[2] / pool.Size],
        GlobalPoolLayer => [input[0]],
        FlattenLayer => [checked((int)Size(input))],
        ActivationLayer { Activation: { Name: "maxout" } maxout } => [input[0] / maxout.Integer("pieces"), .. input.Skip(1)],
        _ => input,
    };

    public static long Parameters(LayerSpec layer, IReadOnlyList<int> input) => layer switch
    {
        ConvLayer conv => ((long)input[0] * conv.Kernel * conv.Kernel * conv.Filters) + (conv.Bias ? conv.Filters : 0),
        DenseLayer dense => (Size(input) * dense.Units) + (dense.Bias ? dense.Units : 0),
        BatchNormLayer => 2L * input[0],
        ActivationLayer { Activation: { Name: "prelu" } prelu } => prelu.Flag("perChannel") ? input[0] : 1,
        _ => 0,
    };

    /// <summary>Operations of one forward pass of one sample; a multiply-add counts as two, an activation as one.</summary>
    public static long Flops(LayerSpec layer, IReadOnlyList<int> input)
    {
        var output = Size(Output(layer, input));
        return layer switch
        {
            ConvLayer conv => output * ((2L * input[0] * conv.Kernel * conv.Kernel) + (conv.Bias ? 1 : 0)),
            DenseLayer dense => output * ((2L * Size(input)) + (dense.Bias ? 1 : 0)),
            PoolLayer pool => output * pool.Size * pool.Size,
            BatchNormLayer => 2 * output,
            FlattenLayer => 0,
            _ => Size(input),
        };
    }

    public static string Text(IReadOnlyList<int> shape) => string.Join(" x ", shape.Select(side => side.ToString(CultureInfo.InvariantCulture)));

    private static string Quote(string word) => $"\"{word}\"";

    // Pixels from the first to the last under the filter.
    private static int Reach(ConvLayer conv) => ((conv.Kernel - 1) * conv.Dilation) + 1;

    private static int Padded(ConvLayer conv, IReadOnlyList<int> input) => Math.Min(input[1], input[2]) + (2 * conv.Padding);

    // Positions of a filter along one side: floor((n + 2 p - reach) / s) + 1.
    private static int Positions(int side, ConvLayer conv) => ((side + (2 * conv.Padding) - Reach(conv)) / conv.Stride) + 1;
}
