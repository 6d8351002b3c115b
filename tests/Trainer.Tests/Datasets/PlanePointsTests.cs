using System.Runtime.InteropServices;
using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class PlanePointsTests
{
    [Theory]
    [InlineData("circles", 2)]
    [InlineData("moons", 2)]
    [InlineData("spiral", 5)]
    [InlineData("blobs", 5)]
    [InlineData("mixture", 5)]
    public void Generate_AnySet_IsBalancedFiniteAndOfItsSeed(string name, int classes)
    {
        var set = Generate(name, classes, noise: 0.1);
        Assert.Equal((500, 200), (set.Train.Count, set.Test.Count));
        Assert.All(set.Train.Labels.CountBy(label => label), count => Assert.Equal(500 / classes, count.Value));
        Assert.Equal(classes, set.Train.Labels.Distinct().Count());
        Assert.All(Points(set.Train), point => Assert.InRange((point.X * point.X) + (point.Y * point.Y), 0, 25));
        Assert.Equal(set.Train.Values, Generate(name, classes, noise: 0.1).Train.Values);
        Assert.NotEqual(set.Train.Values, Generate(name, classes, noise: 0.1, seed: 2).Train.Values);
        Assert.NotEqual(set.Train.Values[..800], set.Test.Values[..800]);
    }

    [Fact]
    public void Generate_CirclesWithoutNoise_AreADiscAndARing()
    {
        var set = Generate("circles", 2, noise: 0).Train;
        foreach (var ((x, y), label) in Points(set).Zip(set.Labels))
        {
            var radius = Math.Sqrt((x * x) + (y * y));
            Assert.InRange(radius, label == 0 ? 0 : 0.99999, label == 0 ? 0.50001 : 1.00001);
        }
    }

    [Fact]
    public void Generate_MoonsWithoutNoise_AreHalfCirclesThatReachIntoEachOther()
    {
        var set = Generate("moons", 2, noise: 0).Train;
        foreach (var ((x, y), label) in Points(set).Zip(set.Labels))
        {
            var (dx, dy) = label == 0 ? (x, y) : (1 - x, 0.5 - y);
            Assert.Equal(1, (dx * dx) + (dy * dy), 1e-5);
            Assert.True(dy >= -1e-6);
        }
    }

    [Fact]
    public void Generate_MixtureWithoutNoise_HasThreeCentersPerClass_TheSameForTrainingAndTest()
    {
        var set = Generate("mixture", 4, noise: 0);
        Assert.Equal(12, Points(set.Train).Distinct().Count());
        Assert.Subset(Points(set.Train).ToHashSet(), Points(set.Test).ToHashSet());
    }

    private static (float X, float Y)[] Points(SampleSet set) =>
        [.. MemoryMarshal.Cast<byte, float>(set.Values).ToArray().Chunk(2).Select(pair => (pair[0], pair[1]))];

    internal static Dataset Generate(string name, int classes, double noise, long seed = 1, int samples = 500)
    {
        var values = new Dictionary<string, ParameterValue> { ["trainSamples"] = samples, ["testSamples"] = 200, ["noise"] = noise, ["classes"] = classes };
        return PlanePoints.Generate(new TechniqueChoice(name, values), new RunSeed(seed));
    }
}
