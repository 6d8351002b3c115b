using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

// Batches on the processor, in one pass from the bytes of the samples into the memory of the batch: the same values as by the tensor operations of BatchSource and Augmentation,
// to the last bit but for the sign of a zero that cutout leaves.
internal sealed class HostBatches
{
    private readonly SampleSet samples;
    private readonly float[] scale;
    private readonly float[] shift;

    public HostBatches(SampleSet samples, Normalization normalization)
    {
        this.samples = samples;
        // For each value of an image, or of a point.
        var pixels = samples.Shape.Count == 3 ? samples.Shape[1] * samples.Shape[2] : 1;
        scale = [.. Enumerable.Repeat(normalization.Scale, pixels).SelectMany(channels => channels)];
        shift = [.. Enumerable.Repeat(normalization.Shift, pixels).SelectMany(channels => channels)];
    }

    // indices: [n] int64. augmentation: For images; null: none. Returns [n, H, W, C] or [n, F] float32; labels [n] int64.
    public (Tensor Samples, Tensor Labels) GetBatch(Tensor indices, Augmentation? augmentation = null, RandomStream? random = null)
    {
        var chosen = MemoryMarshal.Cast<byte, long>(indices.bytes);
        long[] shape = samples.Shape.Count == 3 ? [chosen.Length, samples.Shape[1], samples.Shape[2], samples.Shape[0]] : [chosen.Length, samples.Shape[0]];
        var (batch, labels) = (empty(shape, ScalarType.Float32), empty(chosen.Length, ScalarType.Int64));
        var values = MemoryMarshal.Cast<byte, float>(batch.bytes);
        var classes = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (var position = 0; position < chosen.Length; position++)
        {
            classes[position] = samples.Labels[(int)chosen[position]];
        }

        if (samples.Format == ScalarType.Byte)
        {
            FillImages(chosen, augmentation, random, values);
        }
        else
        {
            FillPoints(chosen, values);
        }

        return (batch, labels);
    }

    private void FillPoints(ReadOnlySpan<long> chosen, Span<float> values)
    {
        var features = samples.Shape[0];
        var points = MemoryMarshal.Cast<byte, float>(samples.Values);
        for (var position = 0; position < chosen.Length; position++)
        {
            for (var feature = 0; feature < features; feature++)
            {
                var product = points[((int)chosen[position] * features) + feature] * scale[feature];
                values[(position * features) + feature] = product + shift[feature];
            }
        }
    }

    private void FillImages(ReadOnlySpan<long> chosen, Augmentation? augmentation, RandomStream? random, Span<float> values)
    {
        var (channels, height, width, size) = (samples.Shape[0], samples.Shape[1], samples.Shape[2], scale.Length);
        var shifts = augmentation?.DrawShifts(chosen.Length, random!);
        var holes = augmentation?.DrawHoles(chosen.Length, height, width, random!);
        Span<byte> moved = shifts is null ? [] : new byte[size];
        for (var position = 0; position < chosen.Length; position++)
        {
            ReadOnlySpan<byte> image = samples.Values.AsSpan(checked((int)chosen[position] * size), size);
            if (shifts is not null)
            {
                Move(image, shifts[position], width * channels, channels, moved);
                image = moved;
            }

            var target = values.Slice(position * size, size);
            ImageBytes.Normalize(image, scale, shift, target);
            if (holes is not null)
            {
                Cut(target, holes[position], width * channels, channels);
            }
        }
    }

    // size: Values of a row.
    private static void Move(ReadOnlySpan<byte> image, ImageShift shift, int size, int channels, Span<byte> moved)
    {
        for (var start = 0; start < image.Length; start += size)
        {
            var from = start + (shift.Down * size);
            if (from >= 0 && from < image.Length)
            {
                ImageBytes.Move(image.Slice(from, size), shift.Right, shift.IsMirrored, channels, moved.Slice(start, size));
            }
            else
            {
                moved.Slice(start, size).Clear();
            }
        }
    }

    // Sets a rectangle of an image to 0, the mean. size: Values of a row.
    private static void Cut(Span<float> image, Hole hole, int size, int channels)
    {
        for (var y = hole.Top; y < hole.Bottom; y++)
        {
            image.Slice((y * size) + (hole.Left * channels), (hole.Right - hole.Left) * channels).Clear();
        }
    }
}
