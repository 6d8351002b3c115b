using TorchSharp.Modules;
using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Inspection;

/// <summary>Lists what a unit of a layer is computed from, with the numbers of one forward pass.</summary>
internal static class UnitTracer
{
    private const int MostTerms = 4096;

    // inner: The last layer of a residual layer's branch; null for other layers. Throws InspectionRefusedException: the layer has no such unit.
    public static UnitTrace Trace(LayerPass pass, UnitAddress at, LayerPass? inner)
    {
        if (at.Channel < 0 || at.Channel >= pass.Output.Channels || !pass.Output.Contains(at.Row, at.Column))
        {
            throw new InspectionRefusedException($"Layer {at.Layer} has the output [{string.Join(", ", pass.Output.Shape)}].");
        }

        UnitTerm[] terms = [.. TermsOf(pass, at, inner)];
        var isSum = Array.TrueForAll(terms, term => term.Weight is not null);
        var bias = BiasOf(pass, at.Channel);
        return new UnitTrace
        {
            Address = at,
            Kind = pass.Planned.Layer.Kind,
            Terms = terms.Length <= MostTerms ? terms : [.. terms.OrderByDescending(term => Math.Abs(term.Value * (term.Weight ?? 1))).Take(MostTerms)],
            TermCount = terms.Length,
            Bias = bias,
            Sum = isSum ? terms.Sum(term => term.Value * term.Weight!.Value) + (bias ?? 0) : null,
            Norm = pass.Planned.Layer is BatchNormLayer norm ? NormOf(pass, norm, at.Channel) : null,
            Function = FunctionOf(pass.Planned.Layer),
            Parameter = ParameterOf(pass, at.Channel),
            Output = pass.Output[at.Channel, at.Row, at.Column],
        };
    }

    private static IEnumerable<UnitTerm> TermsOf(LayerPass pass, UnitAddress at, LayerPass? inner)
    {
        var (input, channel) = (pass.Input, at.Channel);
        switch (pass.Planned.Layer)
        {
            case ConvLayer conv:
                var filter = Row(pass, "weight", channel);  // [C, K, K]
                for (var index = 0; index < filter.Length; index++)
                {
                    var (from, place) = Math.DivRem(index, conv.Kernel * conv.Kernel);
                    var row = (at.Row * conv.Stride) - conv.Padding + (place / conv.Kernel * conv.Dilation);
                    var column = (at.Column * conv.Stride) - conv.Padding + (place % conv.Kernel * conv.Dilation);
                    yield return Term(from, row, column, filter[index]);
                }

                break;
            case DenseLayer:
                var weights = Row(pass, "weight", channel);
                for (var index = 0; index < weights.Length; index++)
                {
                    yield return Term(index, 0, 0, weights[index]);
                }

                break;
            case PoolLayer pool:
                foreach (var (row, column) in Window(at.Row * pool.Size, at.Column * pool.Size, pool.Size, pool.Size))
                {
                    yield return Term(channel, row, column, pool.Pool == PoolKind.Average ? 1.0 / (pool.Size * pool.Size) : null);
                }

                break;
            case GlobalPoolLayer pool:
                foreach (var (row, column) in Window(0, 0, input.Height, input.Width))
                {
                    yield return Term(channel, row, column, pool.Pool == GlobalPool.Average ? 1.0 / (input.Height * input.Width) : null);
                }

                break;
            case FlattenLayer:
                yield return Term(channel / (input.Height * input.Width), channel / input.Width % input.Height, channel % input.Width, null);
                break;
            case ActivationLayer { Activation: { Name: "maxout" } maxout }:
                var pieces = maxout.Integer("pieces");
                for (var piece = 0; piece < pieces; piece++)
                {
                    yield return Term((channel * pieces) + piece, at.Row, at.Column, null);
                }

                break;
            case ResidualLayer:
                yield return Term(channel, at.Row, at.Column, 1);
                yield return new UnitTerm { Channel = channel, Row = at.Row, Column = at.Column, Value = inner!.Output[channel, at.Row, at.Column], Weight = 1 };
                break;
            default:
                yield return Term(channel, at.Row, at.Column, null);
                break;
        }

        UnitTerm Term(int from, int row, int column, double? weight) =>
            new() { Channel = from, Row = row, Column = column, Value = input.Contains(row, column) ? input[from, row, column] : 0, Weight = weight };
    }

    private static IEnumerable<(int Row, int Column)> Window(int top, int left, int height, int width) =>
        Enumerable.Range(0, height * width).Select(place => (top + (place / width), left + (place % width)));

    private static double? BiasOf(LayerPass pass, int channel) =>
        pass.Planned.Layer is ConvLayer or DenseLayer && pass.Module.get_parameter("bias") is { } bias ? Number(bias, channel) : null;

    private static NormTrace NormOf(LayerPass pass, BatchNormLayer settings, int channel) => new()
    {
        Mean = Number(pass.Module.get_buffer("mean")!, channel),
        Variance = Number(pass.Module.get_buffer("variance")!, channel),
        Epsilon = settings.Epsilon,
        Scale = Number(pass.Module.get_parameter("scale")!, channel),
        Shift = Number(pass.Module.get_parameter("shift")!, channel),
    };

    private static string? FunctionOf(LayerSpec layer) => layer switch
    {
        ActivationLayer activation => activation.Activation.Name,
        PoolLayer pool => pool.Pool == PoolKind.Max ? "max" : "average",
        GlobalPoolLayer pool => pool.Pool == GlobalPool.Max ? "max" : "average",
        _ => null,
    };

    private static double? ParameterOf(LayerPass pass, int channel) => pass.Planned.Layer is not ActivationLayer { Activation: var choice } ? null : choice.Name switch
    {
        "leaky_relu" => choice.Number("slope"),
        "elu" => choice.Number("alpha"),
        "prelu" => pass.Module.get_parameter("slope") is Parameter slope ? Number(slope, slope.numel() == 1 ? 0 : channel) : null,
        _ => null,
    };

    // The weights of one output, in the order of [C, K, K] or [F].
    private static float[] Row(LayerPass pass, string name, int output)
    {
        using var scope = NewDisposeScope();
        using var values = pass.Module.get_parameter(name)!.detach()[output].to_type(ScalarType.Float32).cpu().contiguous().data<float>();
        return values.ToArray();
    }

    private static double Number(Tensor values, int index)
    {
        using var scope = NewDisposeScope();
        return values.detach()[index].to_type(ScalarType.Float32).item<float>();
    }
}
