using Trainyard.Specs.Planning;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Layers;

public sealed class NetworkTests
{
    private const string Nested = """
        {
          "data": { "dataset": "shapes" },
          "model": {
            "kind": "layers",
            "layers": [
              { "kind": "conv", "filters": 4 },
              { "kind": "residual", "layers": [{ "kind": "conv", "filters": 4 }, { "kind": "residual", "layers": [{ "kind": "batch_norm" }] }] },
              { "kind": "activation", "activation": "prelu" }, { "kind": "global_pool" } ]
          }
        }
        """;

    public static TheoryData<string> Examples => new(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "examples"), "*.json").Select(Path.GetFileName)!);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Build_OfEveryExample_HasTheShapesAndParametersOfItsPlan(string example)
    {
        var plan = TestSpecs.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", example))).Plan!;
        using var scope = NewDisposeScope();
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        Assert.Equal(plan.Parameters, network.parameters().Sum(parameter => parameter.numel()));

        var values = Input(plan, samples: 2);
        foreach (var (layer, planned) in network.Layers.Zip(plan.Layers))
        {
            values = layer.call(values);
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
    public void Build_NamesOfParametersAndBuffers_AreThoseOfTheLayerTable()
    {
        var plan = TestSpecs.Read(Nested).Plan!;
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        Assert.Equal(
            [
                "conv1.weight", "conv1.bias", "residual1.conv2.weight", "residual1.conv2.bias", "residual1.residual2.batch_norm1.scale",
                "residual1.residual2.batch_norm1.shift", "activation1.slope", "output.weight", "output.bias",
            ],
            network.named_parameters().Select(named => named.name));
        Assert.Equal(["residual1.residual2.batch_norm1.mean", "residual1.residual2.batch_norm1.variance"], network.named_buffers().Select(named => named.name));
        Assert.Equal(network.named_parameters().Concat(network.named_buffers()
            .Select(named => (named.name, parameter: (TorchSharp.Modules.Parameter)null!))).Select(named => named.name), network.state_dict().Keys);
        Assert.Equal(plan.AllLayers.Select(row => row.Name).Order(), network.named_modules().Select(named => named.name).Order());
    }

    [Fact]
    public void Forward_Evaluating_DoesNotDependOnTheRestOfTheBatch()
    {
        var plan = TestSpecs.Read(TestSpecs.Shapes()).Plan!;
        using var scope = NewDisposeScope();
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        var images = Input(plan, samples: 8);
        network.eval();
        var together = network.call(images);
        var alone = network.call(images.narrow(0, 3, 1));
        Assert.InRange((together.narrow(0, 3, 1) - alone).abs().max().item<float>(), 0, 1e-5f);
    }

    private static Tensor Input(ModelPlan plan, int samples) => plan.Input.Count == 3
        ? randn(samples, plan.Input[1], plan.Input[2], plan.Input[0]).permute(0, 3, 1, 2)
        : randn(samples, plan.Input[0]);

    private static float[] Weights(ModelPlan plan, long seed)
    {
        using var scope = NewDisposeScope();
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(seed));
        return [.. network.parameters().SelectMany(parameter => parameter.detach().contiguous().data<float>().ToArray())];
    }
}
