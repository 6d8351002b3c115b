using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

// Color images of 32 x 32 with one drawn shape of ten kinds (ShapeKind), of random position, size, rotation and colors, plus normal noise on each color value.
// Every image has a random stream of its own, so the result does not depend on the number of threads.
internal static class DrawnShapes
{
    private const int Side = 32;
    private const int Channels = 3;
    private const int NoiseValues = 1 << 16;

    // Draws the images, with as many of each kind.
    // trainSamples: Images before the validation split. noise: Standard deviation of the noise on color values of 0 to 1.
    public static Dataset Generate(int trainSamples, int testSamples, double noise, RunSeed seed)
    {
        // Drawing normal values one by one is slow: noise takes them from a table by 16 random bits.
        var table = new short[NoiseValues];
        var random = seed.Stream(RandomPurpose.NoiseTable);
        foreach (ref var value in table.AsSpan())
        {
            value = (short)Math.Round(255 * noise * random.NextNormal());
        }

        return new Dataset(
            Generate(trainSamples, table, seed, RandomPurpose.TrainSamples),
            Generate(testSamples, table, seed, RandomPurpose.TestSamples));
    }

    private static SampleSet Generate(int count, short[] noise, RunSeed seed, RandomPurpose purpose)
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
        var (centerX, centerY) = (random.NextUniform(radius, Side - radius), random.NextUniform(radius, Side - radius));
        var (sine, cosine) = Math.SinCos(random.NextUniform(-0.25, 0.25));
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                // Position in the shape's own frame, where it reaches from -1 to 1.
                var (right, down) = ((x + 0.5 - centerX) / radius, (y + 0.5 - centerY) / radius);
                var inside = ShapeKinds.Contains(kind, (cosine * right) + (sine * down), (cosine * down) - (sine * right));
                var color = inside ? foreground : background;
                var bits = random.NextBits();
                var pixel = pixels.Slice(((y * Side) + x) * Channels, Channels);
                for (var channel = 0; channel < Channels; channel++)
                {
                    pixel[channel] = (byte)Math.Clamp(color[channel] + noise[(int)((bits >> (16 * channel)) & 0xFFFF)], 0, 255);
                }
            }
        }
    }
}

/// <summary>The kinds of drawn shapes; the number is the class.</summary>
internal enum ShapeKind
{
    Disc,
    Ring,
    Square,
    Frame,
    TriangleUp,
    TriangleDown,
    Plus,
    Cross,
    HorizontalBars,
    VerticalBars,
}

/// <summary>The area of each kind of shape.</summary>
internal static class ShapeKinds
{
    public const int Count = 10;

    private const double Line = 0.3;

    // Whether a point belongs to the shape. x: To the right; the shape reaches from -1 to 1. y: Down; the shape reaches from -1 to 1.
    public static bool Contains(ShapeKind kind, double x, double y)
    {
        var (width, height) = (Math.Abs(x), Math.Abs(y));
        var reach = Math.Max(width, height);
        return kind switch
        {
            ShapeKind.Disc => (x * x) + (y * y) <= 1,
            ShapeKind.Ring => (x * x) + (y * y) is <= 1 and >= (1 - Line) * (1 - Line),
            ShapeKind.Square => reach <= 0.9,
            ShapeKind.Frame => reach is <= 0.9 and >= 0.9 - Line,
            ShapeKind.TriangleUp => height <= 0.9 && width <= (y + 0.9) / 1.8,
            ShapeKind.TriangleDown => height <= 0.9 && width <= (0.9 - y) / 1.8,
            ShapeKind.Plus => reach <= 1 && Math.Min(width, height) <= Line / 1.5,
            ShapeKind.Cross => reach <= 0.9 && Math.Abs(width - height) <= Line,
            ShapeKind.HorizontalBars => width <= 0.9 && height is >= 0.4 and <= 0.85,
            ShapeKind.VerticalBars => height <= 0.9 && width is >= 0.4 and <= 0.85,
            _ => false,
        };
    }
}
