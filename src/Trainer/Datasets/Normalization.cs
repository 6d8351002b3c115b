using System.Runtime.InteropServices;

namespace Trainyard.Trainer.Datasets;

// Brings each channel of images, or each coordinate of points, to mean 0 and standard deviation 1 over the training samples: (x - mean) / std = x * scale +
// shift. Validation and test samples are scaled by the same values.
// Scale: 1 / std, per channel.
internal sealed record Normalization(float[] Scale, float[] Shift)
{
    public static Normalization Fit(SampleSet samples, ReadOnlySpan<int> train) =>
        samples.Format == ScalarType.Byte ? FitImages(samples, train) : FitPoints(samples, train);

    private static Normalization FitImages(SampleSet samples, ReadOnlySpan<int> train)
    {
        // Counting the 256 values is exact and needs one pass; two counters per value, because increments of one counter would depend on each other.
        var channels = samples.Shape[0];
        var size = samples.Values.Length / samples.Count;
        var counts = new long[channels, 256];
        var others = new long[channels, 256];
        foreach (var sample in train)
        {
            var values = samples.Values.AsSpan(sample * size, size);
            if (channels == 1)
            {
                var index = 0;
                for (; index + 1 < values.Length; index += 2)
                {
                    counts[0, values[index]]++;
                    others[0, values[index + 1]]++;
                }

                if (index < values.Length)
                {
                    counts[0, values[index]]++;
                }
            }
            else
            {
                for (var index = 0; index < values.Length; index += channels)
                {
                    for (var channel = 0; channel < channels; channel++)
                    {
                        counts[channel, values[index + channel]]++;
                    }
                }
            }
        }

        return From(channels, channel =>
        {
            double number = 0, sum = 0, squares = 0;
            for (var value = 0; value < 256; value++)
            {
                double count = counts[channel, value] + others[channel, value];
                number += count;
                sum += count * value;
                squares += count * value * value;
            }

            return (sum / number, (squares / number) - Math.Pow(sum / number, 2));
        });
    }

    private static Normalization FitPoints(SampleSet samples, ReadOnlySpan<int> train)
    {
        var features = samples.Shape[0];
        var indices = train.ToArray();
        return From(features, feature =>
        {
            var values = MemoryMarshal.Cast<byte, float>(samples.Values);
            double sum = 0, squares = 0;
            foreach (var sample in indices)
            {
                var value = values[(sample * features) + feature];
                sum += value;
                squares += (double)value * value;
            }

            return (sum / indices.Length, (squares / indices.Length) - Math.Pow(sum / indices.Length, 2));
        });
    }

    private static Normalization From(int channels, Func<int, (double Mean, double Variance)> measure)
    {
        var result = new Normalization(new float[channels], new float[channels]);
        for (var channel = 0; channel < channels; channel++)
        {
            var (mean, variance) = measure(channel);
            // A constant channel is only centered.
            var std = variance > 0 ? Math.Sqrt(variance) : 1;
            result.Scale[channel] = (float)(1 / std);
            result.Shift[channel] = (float)(-mean / std);
        }

        return result;
    }
}
