using System.Runtime.InteropServices;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Datasets;

/// <summary>Points around the corners of the unit square; the class is the exclusive or of the corner's coordinates.</summary>
internal static class XorPoints
{
    /// <summary>Draws the points; corners take turns, so classes are balanced.</summary>
    /// <param name="trainSamples">Points before the validation split.</param>
    /// <param name="testSamples">Points of the test set.</param>
    /// <param name="noise">Standard deviation of a coordinate around its corner.</param>
    /// <param name="seed">The run's seed.</param>
    public static Dataset Draw(int trainSamples, int testSamples, double noise, RunSeed seed) =>
        new(Draw(trainSamples, noise, seed, RandomPurpose.TrainSamples), Draw(testSamples, noise, seed, RandomPurpose.TestSamples));

    private static SampleSet Draw(int count, double noise, RunSeed seed, RandomPurpose purpose)
    {
        var random = seed.Stream(purpose);
        var points = new float[2 * count];
        var labels = new byte[count];
        for (var sample = 0; sample < count; sample++)
        {
            var (x, y) = (sample & 1, (sample >> 1) & 1);
            points[2 * sample] = (float)(x + (noise * random.NextNormal()));
            points[(2 * sample) + 1] = (float)(y + (noise * random.NextNormal()));
            labels[sample] = (byte)(x ^ y);
        }

        return new SampleSet { Shape = [2], Format = ScalarType.Float32, Values = MemoryMarshal.AsBytes<float>(points).ToArray(), Labels = labels };
    }
}
