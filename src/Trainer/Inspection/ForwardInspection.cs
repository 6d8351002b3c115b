using System.Text.Json;
using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Inspection;

/// <summary>Shows forward passes through a trained network. The last pass is kept: most requests are about units of the same sample.</summary>
internal sealed class ForwardInspection(TrainedNetwork trained)
{
    private readonly LayerOrder order = new(trained.Setup.Plan);
    private (string Key, ShownPass Pass)? kept;

    private IReadOnlyList<string> ClassNames => DatasetShape.From(trained.Setup.Spec.Data.Dataset).ClassNames;

    // Throws InspectionRefusedException.
    public ForwardPass Show(ForwardRequest request)
    {
        using var scope = NewDisposeScope();
        var (sample, input, passes, scores) = PassOf(request);
        var layers = passes.Select(pass => LayerPicture.Of(pass.Planned.Name, pass.Planned.Layer, order.SourceOf(pass.Planned), pass.Output, request.Maps));
        return new ForwardPass
        {
            Epoch = trained.Epoch,
            Sample = sample.Index,
            Label = sample.Label,
            ClassNames = ClassNames,
            Png = sample.Png,
            Point = sample.Point,
            Input = LayerPicture.Of(LayerOrder.Input, null, null, input, request.Maps),
            Layers = [.. layers],
            Filters = request.Maps && passes.FirstOrDefault(pass => pass.Planned.Layer is ConvLayer) is { } conv ? LayerPicture.FiltersOf(conv) : null,
            Logits = [.. scores.Select(score => (double)score)],
            Probabilities = Softmax(scores),
            Unit = request.Unit is { } unit ? Trace(passes, unit) : null,
            Following = request.Unit is { } first ? [.. order.ElementwiseAfter(first.Layer).Select(layer => Trace(passes, first with { Layer = layer.Name }))] : [],
        };
    }

    public ForwardSamples List(SamplesRequest request)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var setup = trained.Setup;
        var first = Math.Clamp(request.First, 0, setup.Split.Validation.Length);
        var chosen = setup.Split.Validation[first..(first + Math.Clamp(request.Limit, 0, setup.Split.Validation.Length - first))];
        return new ForwardSamples
        {
            Epoch = trained.Epoch,
            Count = setup.Split.Validation.Length,
            Shape = setup.Dataset.Train.Shape,
            ClassNames = ClassNames,
            Items = [.. chosen.Zip(Predict(chosen), (index, predicted) => (index, predicted)).Select((one, place) => new ForwardSample
            {
                Index = first + place,
                Label = setup.Dataset.Train.Labels[one.index],
                Predicted = (int)one.predicted,
                Png = Observation.PngImage.Of(setup.Dataset.Train, one.index),
                Point = OneSample.PointOf(setup.Dataset.Train, one.index),
            })],
        };
    }

    private long[] Predict(int[] samples)
    {
        if (samples.Length == 0)
        {
            return [];
        }

        var setup = trained.Setup;
        setup.Network.eval();
        using var predicted = Prediction.Scores(setup.Network, setup.Train.GetBatch(setup.Indices(samples)).Samples, flip: false).argmax(1).data<long>();
        return predicted.ToArray();
    }

    private ShownPass PassOf(ForwardRequest request)
    {
        var key = JsonSerializer.Serialize(request with { Unit = null, Maps = true }, SpecJson.Options);
        if (kept is not { } before || before.Key != key)
        {
            var sample = OneSample.Of(trained.Setup, request);
            var input = sample.Input(trained.Setup);
            var (passes, scores) = LayerPass.Run(trained.Setup.Network, trained.Setup.Plan, input);
            kept = (key, new ShownPass(sample, SampleValues.Of(input), passes, scores));
        }

        return kept.Value.Pass;
    }

    private static UnitTrace Trace(IReadOnlyList<LayerPass> passes, UnitAddress unit)
    {
        var pass = passes.FirstOrDefault(pass => pass.Planned.Name == unit.Layer) ?? throw new InspectionRefusedException($"The network has no layer '{unit.Layer}'.");
        var inner = pass.Planned.Inner is [.., var last] ? passes.First(other => other.Planned.Name == last.Name) : null;
        return UnitTracer.Trace(pass, unit, inner);
    }

    private static double[] Softmax(float[] scores)
    {
        var largest = scores.Max();
        var powers = Array.ConvertAll(scores, score => Math.Exp(score - largest));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    // A pass that may be asked about again.
    private sealed record ShownPass(OneSample Sample, SampleValues Input, IReadOnlyList<LayerPass> Passes, float[] Scores);
}
