using Trainyard.Specs.Planning;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Layers;

public sealed class NetworkTests
{
    public static TheoryData<string> Examples => new(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "examples"), "*.json").Select(Path.GetFileName)!);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Build_OfEveryExample_HasTheShapesAndParametersOfItsPlan(string example)
    {
        var plan = TestSpecs.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", example))).Plan!;
        using var scope = NewDisposeScope();
        using var network = new Network(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        Assert.Equal(plan.Parameters, network.Parameters.Sum(parameter => parameter.Tensor.numel()));

        var values = Input(plan, samples: 2);
        foreach (var (layer, planned) in network.Layers.Zip(plan.Layers))
        {
            values = layer.Forward(values, Mode.Train);
            Assert.Equal([2L, .. planned.Output.Select(side => (long)side)], values.shape);
        }
    }

    [Fact]
    public void Build_SameSeed_GivesTheSameWeightsWithAnyNumberOfThreads()
    {
        var plan = TestSpecs.Read(TestSpecs.Shapes()).Plan!;
        try
        {
            set_num_threads(1);
            var single = Weights(plan, seed: 5);
            set_num_threads(2);
            Assert.Equal(single, Weights(plan, seed: 5));
            Assert.NotEqual(single, Weights(plan, seed: 6));
        }
        finally
        {
            set_num_threads(2);
        }
    }

    [Fact]
    public void Build_DecayingParameters_AreTheWeightsOfConvolutionsAndDenseLayers()
    {
        var plan = TestSpecs.Read(TestSpecs.Shapes()).Plan!;
        using var network = new Network(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        Assert.Equal(
            ["conv1.weight", "conv2.weight", "dense1.weight", "output.weight"],
            network.Parameters.Where(parameter => parameter.Decays).Select(parameter => parameter.Name));
        Assert.Equal(network.Parameters.Count(), network.Parameters.Select(parameter => parameter.Name).Distinct().Count());
    }

    [Fact]
    public void Forward_Evaluating_DoesNotDependOnTheRestOfTheBatch()
    {
        var plan = TestSpecs.Read(TestSpecs.Shapes()).Plan!;
        using var scope = NewDisposeScope();
        using var network = new Network(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        var images = Input(plan, samples: 8);
        var together = network.Forward(images, Mode.Evaluate);
        var alone = network.Forward(images.narrow(0, 3, 1), Mode.Evaluate);
        Assert.InRange((together.narrow(0, 3, 1) - alone).abs().max().item<float>(), 0, 1e-5f);
    }

    private static Tensor Input(ModelPlan plan, int samples) => plan.Input.Count == 3
        ? randn(samples, plan.Input[1], plan.Input[2], plan.Input[0]).permute(0, 3, 1, 2)
        : randn(samples, plan.Input[0]);

    private static float[] Weights(ModelPlan plan, long seed)
    {
        using var scope = NewDisposeScope();
        using var network = new Network(plan, NumberFormats.Float32, CPU, new RunSeed(seed));
        return [.. network.Parameters.SelectMany(parameter => parameter.Tensor.detach().contiguous().data<float>().ToArray())];
    }
}
