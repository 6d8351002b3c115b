using System.Runtime.InteropServices;
using Trainyard.Specs.Events.Forward;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Inspection;

/// <summary>The sample that a forward pass begins with: of the validation samples, or a person's own.</summary>
/// <param name="Values">A set of this sample alone, as it was read or drawn.</param>
/// <param name="Index">Its index among the validation samples; null for a person's own, which has no label.</param>
internal sealed record OneSample(SampleSet Values, int? Index)
{
    public int? Label => Index is null ? null : Values.Labels[0];

    public byte[]? Png => PngImage.Of(Values, 0);

    public IReadOnlyList<double>? Point => PointOf(Values, 0);

    // Throws InspectionRefusedException: a person's own is not of the dataset's shape.
    public static OneSample Of(TrainingSetup setup, ForwardRequest request)
    {
        var samples = setup.Dataset.Train;
        if (request.Pixels is { } pixels)
        {
            return new OneSample(Own(samples, ScalarType.Byte, "values from 0 to 255", pixels.Count, [.. pixels.Select(pixel => (byte)pixel)]), null);
        }

        if (request.Point is { } point)
        {
            float[] coordinates = [.. point.Select(coordinate => (float)coordinate)];
            return new OneSample(Own(samples, ScalarType.Float32, "coordinates", coordinates.Length, MemoryMarshal.AsBytes(coordinates.AsSpan()).ToArray()), null);
        }

        var index = Math.Min(request.Sample, setup.Split.Validation.Length - 1);
        return new OneSample(samples.Only(setup.Split.Validation[index]), index);
    }

    /// <summary>The coordinates of a point; null for an image.</summary>
    public static IReadOnlyList<double>? PointOf(SampleSet samples, int index) => samples.Format != ScalarType.Float32
        ? null
        : [.. MemoryMarshal.Cast<byte, float>(samples.Values).Slice(index * samples.Shape[0], samples.Shape[0]).ToArray().Select(coordinate => (double)coordinate)];

    // [1, C, H, W] or [1, F] float32, as the network takes it.
    public Tensor Input(TrainingSetup setup)
    {
        using var source = new BatchSource(Values, setup.Normalization, CPU, setup.Spec.Data.Features);
        return source.GetBatch(setup.Indices([0])).Samples;
    }

    private static SampleSet Own(SampleSet samples, ScalarType format, string unit, int count, byte[] values)
    {
        var size = samples.Shape.Aggregate((product, side) => product * side);
        return samples.Format == format && count == size
            ? samples with { Values = values, Labels = [0] }
            : throw new InspectionRefusedException($"It has {count} {unit}; a sample of the dataset is {Describe(samples)}.");
    }

    private static string Describe(SampleSet samples) => samples.Shape is [var channels, var height, var width]
        ? $"an image of {height} x {width} pixels with {channels} {(channels == 1 ? "channel" : "channels")}: {height * width * channels} values from 0 to 255"
        : $"a point with {samples.Shape[0]} coordinates";
}
