using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Labs;

/// <summary>A convolution or pooling of an input whose numbers are small enough to follow.</summary>
internal static class ConvolutionLab
{
    public static ConvolutionResult Run(ConvolutionRequest request)
    {
        var settings = request.Layer.Deserialize<LayerSpec>(SpecJson.Options)!;
        var random = new RunSeed(1).Stream(RandomPurpose.Lab);
        int[] shape = [request.Channels, request.Height, request.Width];
        var input = Flat(request.Input) ?? Integers(shape, random, 0, 2);
        var (plan, layer) = LabLayers.Build(settings, shape, seed: 1);
        using var owned = layer;
        layer.eval();

        var conv = settings as ConvLayer;
        int[] weightShape = conv is null ? [] : [conv.Filters, request.Channels, conv.Kernel, conv.Kernel];
        var weights = conv is null ? [] : Flat(request.Weights) ?? Integers(weightShape, random, -1, 1);

        // The first filter has bias 1 and the next 0, in turn.
        double[] bias = conv is { Bias: true } ? [.. Enumerable.Range(0, conv.Filters).Select(filter => filter % 2 == 0 ? 1.0 : 0.0)] : [];
        using var _ = no_grad();
        foreach (var (name, parameter) in layer.named_parameters())
        {
            parameter.copy_(tensor(name == "weight" ? weights : bias).reshape(parameter.shape));
        }

        var output = layer.call(tensor(input).reshape(1, shape[0], shape[1], shape[2])).contiguous();
        return new ConvolutionResult
        {
            Input = new NumberGrid { Shape = shape, Values = input },
            Weights = conv is null ? null : new NumberGrid { Shape = weightShape, Values = weights },
            Bias = bias,
            Output = new NumberGrid { Shape = plan.Output, Values = output.data<double>().ToArray() },
            Window = conv?.Kernel ?? ((PoolLayer)settings).Size,
            Stride = conv?.Stride ?? ((PoolLayer)settings).Size,
            Padding = conv?.Padding ?? 0,
            Dilation = conv?.Dilation ?? 1,
            Parameters = plan.Parameters,
            Flops = plan.Flops,
        };
    }

    private static double[]? Flat(IReadOnlyList<IReadOnlyList<double>>? rows) => rows is null ? null : [.. rows.SelectMany(row => row)];

    private static double[] Integers(int[] shape, RandomStream random, int from, int to) =>
        [.. Enumerable.Range(0, shape.Aggregate(1, (product, side) => product * side)).Select(_ => (double)(from + random.NextIndex(to - from + 1)))];
}
