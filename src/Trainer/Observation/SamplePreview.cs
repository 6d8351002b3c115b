using System.Runtime.InteropServices;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Observation;

/// <summary>Chooses the samples that show what a dataset looks like. Independent of the tensor engine.</summary>
internal static class SamplePreview
{
    private const int Images = 16;
    private const int Points = 600;

    // The split and the label noise are those of a run with the same settings.
    public static DatasetPreview Of(Dataset dataset, DataSpec spec)
    {
        var shape = DatasetShape.From(spec.Dataset);
        var seed = new RunSeed(spec.Seed);
        var split = Split.Create(dataset.Train.Labels, spec, seed);
        var labels = spec.LabelNoise > 0
            ? LabelNoise.Apply(dataset.Train.Labels, split.Train, spec.LabelNoise, shape.Classes, seed)
            : dataset.Train.Labels;
        var isImages = dataset.Train.Shape.Count == 3;
        return new DatasetPreview
        {
            Shape = dataset.Train.Shape,
            ClassNames = shape.ClassNames,
            TrainSamples = split.Train.Length,
            ValidationSamples = split.Validation.Length,
            TestSamples = dataset.Test.Count,
            Images = isImages ? [.. InTurn(split.Train, dataset.Train.Labels).Take(Images).Select(index => Image(dataset.Train, labels, index))] : [],
            Points = isImages ? [] : [.. PointsOf(dataset.Train, labels, split)],
        };
    }

    // Samples of class 0, 1, ..., then again, as long as there are any.
    private static IEnumerable<int> InTurn(int[] samples, byte[] labels)
    {
        var classes = samples.GroupBy(sample => labels[sample]).OrderBy(members => members.Key).Select(members => members.ToArray()).ToArray();
        var most = classes.Max(members => (int?)members.Length) ?? 0;
        return Enumerable.Range(0, most).SelectMany(turn => classes.Where(members => turn < members.Length).Select(members => members[turn]));
    }

    private static ImageSample Image(SampleSet samples, byte[] labels, int index) => new()
    {
        Png = PngImage.Of(samples, index)!,
        Label = labels[index],
        TrueLabel = samples.Labels[index],
    };

    private static IEnumerable<PointSample> PointsOf(SampleSet samples, byte[] labels, Split split)
    {
        var values = MemoryMarshal.Cast<byte, float>(samples.Values).ToArray();
        var shown = split.Train.Select(index => (Index: index, IsValidation: false)).Concat(split.Validation.Select(index => (Index: index, IsValidation: true)));
        return shown.OrderBy(sample => sample.Index).Take(Points).Select(sample => new PointSample
        {
            X = MathF.Round(values[2 * sample.Index], 3),
            Y = MathF.Round(values[(2 * sample.Index) + 1], 3),
            Label = labels[sample.Index],
            Validation = sample.IsValidation,
        });
    }
}
