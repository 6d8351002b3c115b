using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

public sealed class LayerSequentialScalingTests
{
    private const string Spec = """
        {
          "data": { "dataset": "shapes" },
          "model": {
            "kind": "layers",
            "layers": [
              { "kind": "conv", "filters": 8, "initialization": { "name": "lsuv", "tolerance": 0.01 } }, { "kind": "activation", "activation": "relu" },
              { "kind": "residual", "layers": [
                { "kind": "conv", "filters": 8, "initialization": { "name": "lsuv", "tolerance": 0.01 } }, { "kind": "activation", "activation": "tanh" },
                { "kind": "conv", "filters": 8, "initialization": "he" } ] },
              { "kind": "batch_norm" }, { "kind": "pool", "size": 4 }, { "kind": "flatten" }, { "kind": "dropout" },
              { "kind": "dense", "units": 16, "initialization": { "name": "lsuv", "tolerance": 0.01 } } ],
            "initialization": "lsuv"
          }
        }
        """;

    [Fact]
    public void Apply_EveryLsuvLayer_HasOutputOfUnitVariance()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var plan = TestSpecs.Read(Spec).Plan!;
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        var he = network.get_parameter("residual1.conv3.weight")!.clone();
        manual_seed(3);
        var samples = randn(128, 32, 32, 3).permute(0, 3, 1, 2) * 3;
        Assert.True(LayerSequentialScaling.IsUsed(plan));

        LayerSequentialScaling.Apply(network, plan, samples);

        var scaled = 0;
        var modules = network.named_modules().ToDictionary(named => named.name, named => (Module<Tensor, Tensor>)named.module);
        foreach (var row in plan.AllLayers)
        {
            if (row.Layer is ConvLayer { Initialization: { Name: "lsuv" } conv })
            {
                CheckVariance(row.Name, conv.Number("tolerance"));
            }
            else if (row.Layer is DenseLayer { Initialization: { Name: "lsuv" } dense })
            {
                CheckVariance(row.Name, dense.Number("tolerance"));
            }
        }

        network.eval();
        network.call(samples);
        Assert.Equal(4, scaled);
        Assert.True(he.Equals(network.get_parameter("residual1.conv3.weight")!.detach()), "He's weights were scaled too.");
        Assert.All(network.named_buffers().Where(named => named.name.EndsWith("variance", StringComparison.Ordinal)), named => Assert.True(named.buffer.Equals(ones_like(named.buffer))));

        void CheckVariance(string name, double tolerance) => modules[name].register_forward_hook((_, _, output) =>
        {
            scaled++;
            Assert.Equal(1, output.var(unbiased: false).item<float>(), tolerance);
            return output;
        });
    }

    [Fact]
    public void Apply_ConstantSamples_LeavesFiniteWeights()
    {
        using var scope = NewDisposeScope();
        var plan = TestSpecs.Read(Spec).Plan!;
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        LayerSequentialScaling.Apply(network, plan, zeros(8, 3, 32, 32));
        Assert.All(network.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }
}
