using System.Text.Json;
using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Inspection;

/// <summary>Shows forward passes through a trained network. The last pass is kept: most requests are about units of the same sample.</summary>
internal sealed class ForwardInspection(TrainedNetwork trained, TimeProvider clock)
{
    // Samples that are predicted together in a search.
    private const int SearchBatch = 256;

    private const long Unknown = -1;

    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(1);

    private readonly LayerOrder order = new(trained.Setup.Plan);
    private readonly long[] predictions = [.. Enumerable.Repeat(Unknown, trained.Setup.Split.Validation.Length)];
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

    // Throws InspectionRefusedException: there is no such class.
    public ForwardSamples List(SamplesRequest request)
    {
        if (request.Label >= ClassNames.Count)
        {
            throw new InspectionRefusedException($"There is no class {request.Label}; the dataset has {ClassNames.Count}, from 0.");
        }

        var (found, next) = Find(request);
        var train = trained.Setup.Dataset.Train;
        return new ForwardSamples
        {
            Epoch = trained.Epoch,
            Count = predictions.Length,
            Shape = train.Shape,
            ClassNames = ClassNames,
            Items = [.. found.Select(index => new ForwardSample
            {
                Index = index,
                Label = LabelOf(index),
                Predicted = (int)predictions[index],
                Png = Observation.PngImage.Of(train, trained.Setup.Split.Validation[index]),
                Point = OneSample.PointOf(train, trained.Setup.Split.Validation[index]),
            })],
            Next = next,
        };
    }

    // Indices of validation samples, and the last one that was looked at; null: there are no more to look at. A search for wrong ones pauses when it takes long.
    private (List<int> Found, int? Next) Find(SamplesRequest request)
    {
        var began = clock.GetTimestamp();
        List<int> found = [];
        var candidates = Enumerable.Range(0, predictions.Length).Skip(request.First).Where(index => request.Label is null || LabelOf(index) == request.Label);
        var last = request.First - 1;
        foreach (var batch in candidates.Chunk(request.Wrong ? SearchBatch : Math.Max(1, request.Limit)))
        {
            if (found.Count >= request.Limit || clock.GetElapsedTime(began) > LongestSearch)
            {
                return (found, last);
            }

            Predict(batch);
            foreach (var index in batch)
            {
                if (found.Count >= request.Limit)
                {
                    return (found, last);
                }

                last = index;
                if (!request.Wrong || predictions[index] != LabelOf(index))
                {
                    found.Add(index);
                }
            }
        }

        return (found, null);
    }

    private int LabelOf(int index) => trained.Setup.Dataset.Train.Labels[trained.Setup.Split.Validation[index]];

    // Of those that are not known yet.
    private void Predict(int[] indices)
    {
        var unknown = Array.FindAll(indices, index => predictions[index] == Unknown);
        if (unknown.Length == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var setup = trained.Setup;
        setup.Network.eval();
        var batch = setup.Train.GetBatch(setup.Indices(Array.ConvertAll(unknown, index => setup.Split.Validation[index])));
        using var predicted = Prediction.Scores(setup.Network, batch.Samples, flip: false).argmax(1).data<long>();
        foreach (var (index, label) in unknown.Zip(predicted.ToArray()))
        {
            predictions[index] = label;
        }
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
