using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>
/// Colour images of 32 x 32 with one drawn shape of ten kinds (<see cref="ShapeKind"/>), of random place, size, turn and colours, plus normal noise on
/// each colour value. Every image has a random stream of its own, so images are drawn in parallel and the result does not depend on the number of threads.
/// </summary>
internal static class DrawnShapes
{
    private const int Side = 32;
    private const int Channels = 3;
    private const int NoiseValues = 1 << 16;

    /// <summary>Draws the images; kinds take turns, so classes are balanced.</summary>
    /// <param name="trainSamples">Images before the validation split.</param>
    /// <param name="testSamples">Images of the test set.</param>
    /// <param name="noise">Standard deviation of the noise on colour values of 0 to 1.</param>
    /// <param name="seed">The run's seed.</param>
    public static Dataset Draw(int trainSamples, int testSamples, double noise, RunSeed seed)
    {
        // Normal values are dear to draw one by one: noise takes them from a table by 16 random bits.
        var table = new short[NoiseValues];
        var random = seed.Stream(RandomPurpose.NoiseTable);
        foreach (ref var value in table.AsSpan())
        {
            value = (short)Math.Round(255 * noise * random.NextNormal());
        }

        return new Dataset(
            Draw(trainSamples, table, seed, RandomPurpose.TrainSamples),
            Draw(testSamples, table, seed, RandomPurpose.TestSamples));
    }

    private static SampleSet Draw(int count, short[] noise, RunSeed seed, RandomPurpose purpose)
    {
        const int Size = Side * Side * Channels;
        var pixels = new byte[count * Size];
        var labels = new byte[count];
        Parallel.For(0, count, sample =>
        {
            var kind = sample % ShapeKinds.Count;
            labels[sample] = (byte)kind;
            Draw((ShapeKind)kind, pixels.AsSpan(sample * Size, Size), noise, seed.Stream(purpose, sample));
        });
        return new SampleSet { Shape = [Channels, Side, Side], Format = ScalarType.Byte, Values = pixels, Labels = labels };
    }

    private static void Draw(ShapeKind kind, Span<byte> pixels, short[] noise, RandomStream random)
    {
        Span<int> background = stackalloc int[Channels];
        Span<int> foreground = stackalloc int[Channels];
        for (var channel = 0; channel < Channels; channel++)
        {
            // At least 64 of 255 apart in every channel, either way.
            background[channel] = random.NextIndex(256);
            foreground[channel] = (background[channel] + 64 + random.NextIndex(128)) % 256;
            if (Math.Abs(foreground[channel] - background[channel]) < 64)
            {
                foreground[channel] = background[channel] < 128 ? 255 : 0;
            }
        }

        var radius = random.NextUniform(7, 12);
        var (centreX, centreY) = (random.NextUniform(radius, Side - radius), random.NextUniform(radius, Side - radius));
        var (sine, cosine) = Math.SinCos(random.NextUniform(-0.25, 0.25));
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                // Position in the shape's own frame, where it reaches from -1 to 1.
                var (right, down) = ((x + 0.5 - centreX) / radius, (y + 0.5 - centreY) / radius);
                var inside = ShapeKinds.Contains(kind, (cosine * right) + (sine * down), (cosine * down) - (sine * right));
                var colour = inside ? foreground : background;
                var bits = random.NextBits();
                var pixel = pixels.Slice(((y * Side) + x) * Channels, Channels);
                for (var channel = 0; channel < Channels; channel++)
                {
                    pixel[channel] = (byte)Math.Clamp(colour[channel] + noise[(int)((bits >> (16 * channel)) & 0xFFFF)], 0, 255);
                }
            }
        }
    }
}
