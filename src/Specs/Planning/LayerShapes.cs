using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

/// <summary>Output shape, parameters and operations of a layer.</summary>
internal static class LayerShapes
{
    // One gibibyte of float32 for one sample: far more than trains, and far below where counts overflow.
    private const long MaximumOutputs = 1 << 28;

    public static long Size(IReadOnlyList<int> shape) => shape.Aggregate(1L, (product, side) => product * side);

    // Why the layer does not fit its input; null when it fits. pointer: JSON pointer to the setting that the layer comes from.
    public static SpecFinding? Check(LayerSpec layer, string name, IReadOnlyList<int> input, string pointer) => layer switch
    {
        ConvLayer or PoolLayer or GlobalPoolLayer when input.Count != 3 =>
            SpecFinding.Error(pointer, Quote(layer.Kind), SpecFindingCode.LayerNeedsImages, ("layer", name), ("kind", layer.Kind), ("input", input)),
        ConvLayer conv when Reach(conv) > Padded(conv, input) => SpecFinding.Error(
            $"{pointer}/kernel", $"{conv.Kernel}", SpecFindingCode.FilterTooLarge,
            ("layer", name), ("kernel", conv.Kernel), ("reach", Reach(conv)), ("maximum", Padded(conv, input)), ("height", input[1]), ("width", input[2]),
            ("padding", conv.Padding)),
        PoolLayer pool when Math.Min(input[1], input[2]) < pool.Size => SpecFinding.Error(
            $"{pointer}/pool", Quote(pool.Pool.ToString().ToLowerInvariant()), SpecFindingCode.NothingToPool,
            ("layer", name), ("pool", pool.Pool), ("size", pool.Size), ("height", input[1]), ("width", input[2])),
        DenseLayer when input.Count != 1 => SpecFinding.Error(pointer, Quote(layer.Kind), SpecFindingCode.DenseNeedsVector, ("layer", name), ("input", input)),
        ActivationLayer { Activation: { Name: "maxout" } maxout } when input[0] % maxout.Integer("pieces") != 0 => SpecFinding.Error(
            pointer, $"{input[0]}", SpecFindingCode.IncompleteMaxoutGroup, ("layer", name), ("channels", input[0]), ("pieces", maxout.Integer("pieces"))),
        ConvLayer when Size(Output(layer, input)) > MaximumOutputs => SpecFinding.Error(
            pointer, Quote(layer.Kind), SpecFindingCode.OutputTooLarge, ("layer", name), ("output", Output(layer, input)), ("maximum", MaximumOutputs)),
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

    private static string Quote(string word) => $"\"{word}\"";

    // Pixels from the first to the last under the filter.
    private static int Reach(ConvLayer conv) => ((conv.Kernel - 1) * conv.Dilation) + 1;

    private static int Padded(ConvLayer conv, IReadOnlyList<int> input) => Math.Min(input[1], input[2]) + (2 * conv.Padding);

    // Positions of a filter along one side: floor((n + 2 p - reach) / s) + 1.
    private static int Positions(int side, ConvLayer conv) => ((side + (2 * conv.Padding) - Reach(conv)) / conv.Stride) + 1;
}
