using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Observation;

namespace Trainyard.Trainer.Inspection;

/// <summary>Shows a forward pass of one sample through a trained network.</summary>
internal static class ForwardInspection
{
    private const int MostChannels = 64;
    private const int MostValues = 4096;
    private const int MostFilters = 256;

    // Throws ArgumentException: an image of another size, or a unit that does not exist.
    public static ForwardPass Show(TrainedNetwork trained, ForwardRequest request)
    {
        using var scope = NewDisposeScope();
        var setup = trained.Setup;
        var sample = Math.Min(request.Sample, setup.Split.Validation.Length - 1);
        var index = request.Pixels is null ? setup.Split.Validation[sample] : 0;
        var samples = request.Pixels is { } pixels ? Drawn(setup.Dataset.Train.Shape, pixels) : setup.Dataset.Train;
        using var source = new BatchSource(samples, setup.Normalization, CPU, setup.Spec.Data.Features);
        var input = source.GetBatch(setup.Indices([index])).Samples;
        var (passes, scores) = LayerPass.Run(setup.Network, setup.Plan, input);
        return new ForwardPass
        {
            Epoch = trained.Epoch,
            Sample = request.Pixels is null ? sample : null,
            Label = request.Pixels is null ? samples.Labels[index] : null,
            ClassNames = DatasetShape.From(setup.Spec.Data.Dataset).ClassNames,
            Png = PngImage.Of(samples, index),
            Input = Describe("input", "input", SampleValues.Of(input)),
            Layers = [.. passes.Select(pass => Describe(pass.Planned.Name, pass.Planned.Layer.Kind, pass.Output))],
            Filters = passes.FirstOrDefault(pass => pass.Planned.Layer is ConvLayer) is { } conv ? FiltersOf(conv) : null,
            Logits = [.. scores.Select(score => (double)score)],
            Probabilities = Softmax(scores),
            Unit = request.Unit is { } unit ? Trace(passes, unit) : null,
        };
    }

    private static UnitTrace Trace(IReadOnlyList<LayerPass> passes, UnitAddress unit)
    {
        var pass = passes.FirstOrDefault(pass => pass.Planned.Name == unit.Layer) ?? throw new ArgumentException($"The network has no layer '{unit.Layer}'.", nameof(unit));
        var inner = pass.Planned.Inner is [.., var last] ? passes.First(other => other.Planned.Name == last.Name) : null;
        return UnitTracer.Trace(pass, unit, inner);
    }

    // One sample of the shape of the dataset's, without a label of its own.
    private static SampleSet Drawn(IReadOnlyList<int> shape, byte[] pixels)
    {
        var size = shape.Aggregate((product, side) => product * side);
        return shape.Count == 3 && pixels.Length == size
            ? new SampleSet { Shape = shape, Format = ScalarType.Byte, Values = pixels, Labels = [0] }
            : throw new ArgumentException($"The image has {pixels.Length} bytes; the dataset's samples are [{string.Join(", ", shape)}].", nameof(pixels));
    }

    private static LayerOutput Describe(string name, string kind, SampleValues output)
    {
        var values = output.Values;
        var (low, high) = (values.Min(), values.Max());
        var isImage = output.Shape.Count == 3;
        var size = isImage ? output.Height * output.Width : Math.Min(values.Length, MostValues);
        return new LayerOutput
        {
            Name = name,
            Kind = kind,
            Shape = output.Shape,
            Low = Finite(low),
            High = Finite(high),
            Maps = [.. Enumerable.Range(0, isImage ? Math.Min(output.Channels, MostChannels) : 1)
                .Select(map => Array.ConvertAll(values[(map * size)..((map + 1) * size)], value => Byte((value - low) / (high - low) * 255)))],
        };
    }

    private static FilterBank FiltersOf(LayerPass pass)
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
            Scale = Finite(scale),
            Filters = [.. Enumerable.Range(0, Math.Min(conv.Filters, MostFilters))
                .Select(filter => Array.ConvertAll(weights[(filter * size)..((filter + 1) * size)], weight => Byte(128 + (127 * weight / scale))))],
        };
    }

    private static double[] Softmax(float[] scores)
    {
        var largest = scores.Max();
        var powers = Array.ConvertAll(scores, score => Math.Exp(score - largest));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => Finite(power / sum));
    }

    // Weights that have diverged have no values to show.
    private static byte Byte(float value) => float.IsFinite(value) ? (byte)Math.Clamp((int)MathF.Round(value), 0, 255) : (byte)0;

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
