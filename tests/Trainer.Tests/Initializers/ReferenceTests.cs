using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Trainer.Initializers;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Initializers;

/// <summary>Draws against those of PyTorch (References/initializers.py), by a Kolmogorov-Smirnov test of two samples.</summary>
public sealed class ReferenceTests
{
    private const int Count = 200_000;

    // Samples of one distribution differ by more once in a thousand times; the seed is fixed.
    private const double Critical = 1.95;

    private static readonly JsonElement References =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "References", "initializers.json"))).RootElement;

    public static TheoryData<string> Cases => [.. References.GetProperty("cases").EnumerateObject().Select(one => one.Name)];

    public static TheoryData<string> Scaled => [.. References.GetProperty("convolution").GetProperty("cases").EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fill_ManyWeights_HasPyTorchsDistribution(string name) =>
        AssertFollows(References.GetProperty("cases").GetProperty(name), name == "orthogonal" ? Rotations(20_000) : Draw(name));

    [Theory]
    [MemberData(nameof(Scaled))]
    public void Build_AConvolution_StartsWithPyTorchsDistribution(string name)
    {
        var reference = References.GetProperty("convolution");
        var shape = reference.GetProperty("filters").Deserialize<long[]>()!;
        var words = name.Split(' ');
        var variant = words[0] switch
        {
            "xavier" => $", \"variant\": \"{words[2]}\"",
            "he" => $", \"mode\": \"{words[2]}\"",
            _ => "",
        };
        var reading = TestSpecs.Read($$"""
            {
              "data": { "dataset": "shapes" },
              "model": {
                "kind": "layers",
                "layers": [
                  { "kind": "conv", "filters": {{shape[1]}}, "kernel": 1 },
                  {
                    "kind": "conv", "filters": {{shape[0]}}, "kernel": {{shape[2]}},
                    "initialization": { "name": "{{words[0]}}", "distribution": "{{words[1]}}"{{variant}} }
                  },
                  { "kind": "global_pool" }
                ]
              }
            }
            """);
        using var scope = NewDisposeScope();
        using var network = Network.Build(reading.Plan!, NumberFormats.Float32, CPU, new RunSeed(7));
        var weight = network.get_parameter("conv2.weight")!;
        Assert.Equal(shape, weight.shape);
        AssertFollows(reference.GetProperty("cases").GetProperty(name), weight.detach().contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Cases_AndTheirRelatives_CoverEveryInitializationOfTheCatalog() => Assert.Equal(
        TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.Initialization).Select(entry => entry.Name).Order(),
        References.GetProperty("cases").EnumerateObject().Select(one => one.Name.Split(' ')[0]).Distinct()
            // zeros draws nothing; the other two are orthogonal matrices with another scale, which has tests of its own.
            .Concat(["zeros", "orthogonal_msra", "lsuv"]).Order());

    private static void AssertFollows(JsonElement expected, float[] weights)
    {
        Array.Sort(weights);
        var distance = References.GetProperty("probabilities").EnumerateArray().Zip(expected.GetProperty("quantiles").EnumerateArray())
            .Max(pair => Math.Abs(ShareBelow(weights, pair.Second.GetDouble()) - pair.First.GetDouble()));
        var (own, others) = ((double)weights.Length, expected.GetProperty("samples").GetDouble());
        Assert.InRange(distance, 0, Critical * Math.Sqrt((own + others) / (own * others)));

        var std = expected.GetProperty("std").GetDouble();
        var mean = weights.Average(weight => (double)weight);
        Assert.Equal(1, Math.Sqrt(weights.Average(weight => (weight - mean) * (weight - mean))) / std, 5 / Math.Sqrt(2 * own));
        Assert.Equal(0, mean / std, 5 / Math.Sqrt(own));
    }

    private static float[] Draw(string name)
    {
        var words = name.Split(' ');
        IInitializer initializer = words[0] switch
        {
            "normal" => new NormalInitializer(0.01),
            "uniform" => new UniformInitializer(0.05),
            "xavier" => new XavierInitializer(words[1], words[2]),
            "lecun" => new LeCunInitializer(words[1]),
            "he" => new HeInitializer(words[1], words[2]),
            _ => throw new ArgumentException($"No initializer is drawn for '{name}'.", nameof(name)),
        };
        var weights = new float[Count];
        initializer.Fill(
            weights, new Fan(References.GetProperty("inputs").GetInt32(), References.GetProperty("outputs").GetInt32()), new RunSeed(7).Stream(RandomPurpose.Weights));
        return weights;
    }

    // The first entry of many rotations of space: uniform from -1 to 1, as Archimedes knew of the sphere.
    private static float[] Rotations(int count)
    {
        var random = new RunSeed(7).Stream(RandomPurpose.Weights);
        var weights = new float[9];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            new OrthogonalInitializer(1).Fill(weights, new Fan(3, 3), random);
            return weights[0];
        })];
    }

    private static double ShareBelow(float[] sorted, double value)
    {
        var found = Array.BinarySearch(sorted, (float)value);
        return (double)(found < 0 ? ~found : found) / sorted.Length;
    }
}
