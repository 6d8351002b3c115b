using System.Runtime.InteropServices;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class GeneratedDataTests
{
    [Fact]
    public void DrawnShapes_SameSeed_GivesTheSameImages()
    {
        var first = DrawnShapes.Generate(100, 20, 0.1, new RunSeed(1));
        Assert.Equal(first.Train.Values, DrawnShapes.Generate(100, 20, 0.1, new RunSeed(1)).Train.Values);
        Assert.NotEqual(first.Train.Values, DrawnShapes.Generate(100, 20, 0.1, new RunSeed(2)).Train.Values);
        Assert.NotEqual(first.Train.Values.Take(3072), first.Test.Values.Take(3072));
    }

    [Fact]
    public void DrawnShapes_WithoutNoise_HaveTwoDistantColorsAndAShapeOfSomeSize()
    {
        var samples = DrawnShapes.Generate(200, 10, noise: 0, new RunSeed(1)).Train;
        Assert.Equal(20, samples.Labels.Count(label => label == 3));
        for (var sample = 0; sample < samples.Count; sample++)
        {
            var pixels = samples.Values.AsSpan(sample * 3072, 3072).ToArray().Chunk(3).GroupBy(pixel => (pixel[0], pixel[1], pixel[2])).ToArray();
            Assert.Equal(2, pixels.Length);
            var (a, b) = (pixels[0].Key, pixels[1].Key);
            Assert.True(Math.Abs(a.Item1 - b.Item1) >= 64 && Math.Abs(a.Item2 - b.Item2) >= 64 && Math.Abs(a.Item3 - b.Item3) >= 64);
            Assert.InRange(pixels.Min(group => group.Count()), 40, 512);
        }
    }

    [Fact]
    public void Xor_PointsLieAroundTheirCornersWithTheExclusiveOrAsClass()
    {
        var samples = PlanePointsTests.Generate("xor", 2, 0.1, samples: 400).Train;
        var points = MemoryMarshal.Cast<byte, float>(samples.Values).ToArray();
        for (var sample = 0; sample < samples.Count; sample++)
        {
            var (x, y) = (points[2 * sample] > 0.5f, points[(2 * sample) + 1] > 0.5f);
            Assert.Equal(x ^ y, samples.Labels[sample] == 1);
        }

        Assert.Equal(200, samples.Labels.Count(label => label == 1));
    }
}
