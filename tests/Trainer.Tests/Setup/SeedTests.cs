using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Tests.Setup;

/// <summary>The seed of the data decides the samples, the split and the label noise; the seed of training decides the weights.</summary>
public sealed class SeedTests
{
    [Fact]
    public void Setup_OtherSeed_HasTheSameDataAndOtherWeights()
    {
        var first = Draws(seed: 1, dataSeed: 4);
        var second = Draws(seed: 2, dataSeed: 4);

        Assert.Equal(first.Samples, second.Samples);
        Assert.Equal(first.Validation, second.Validation);
        Assert.Equal(first.Labels, second.Labels);
        Assert.NotEqual(first.Weights, second.Weights);
    }

    [Fact]
    public void Setup_OtherDataSeed_HasOtherDataAndTheSameWeights()
    {
        var first = Draws(seed: 1, dataSeed: 4);
        var second = Draws(seed: 1, dataSeed: 5);

        Assert.NotEqual(first.Samples, second.Samples);
        Assert.NotEqual(first.Validation, second.Validation);
        Assert.NotEqual(first.Labels, second.Labels);
        Assert.Equal(first.Weights, second.Weights);
    }

    private static (float[] Samples, int[] Validation, long[] Labels, float[] Weights) Draws(int seed, int dataSeed)
    {
        var reading = TestSpecs.Read($$"""
            { "seed": {{seed}}, "data": { "dataset": { "name": "moons", "trainSamples": 200, "testSamples": 20 }, "labelNoise": 0.3, "seed": {{dataSeed}} },
              "model": { "kind": "mlp", "dense": [8] } }
            """);
        var spec = reading.Spec!;
        var data = PlanePoints.Generate(spec.Data.Dataset, new RunSeed(spec.Data.Seed));
        using var scope = NewDisposeScope();
        using var setup = new TrainingSetup(spec, reading.Plan!, data, CPU);
        var (samples, labels) = setup.Train.GetBatch(arange(200));
        return (samples.data<float>().ToArray(), setup.Split.Validation, labels.data<long>().ToArray(), setup.Network.parameters().First().data<float>().ToArray());
    }
}
