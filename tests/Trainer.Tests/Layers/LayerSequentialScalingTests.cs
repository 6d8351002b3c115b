using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

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
        using var network = new Network(TestSpecs.Read(Spec).Plan!, NumberFormats.Float32, CPU, new RunSeed(1));
        var he = ((Residual)network.Layers[2]).Layers[2].Parameters[0].Tensor.clone();
        manual_seed(3);
        var samples = randn(128, 32, 32, 3).permute(0, 3, 1, 2) * 3;
        Assert.True(LayerSequentialScaling.IsWanted(network.Layers));

        LayerSequentialScaling.Apply(network, samples);

        var checkedLayers = 0;
        Check(network.Layers, samples);
        Assert.Equal(4, checkedLayers);
        Assert.True(he.Equals(((Residual)network.Layers[2]).Layers[2].Parameters[0].Tensor.detach()), "He's weights were scaled too.");
        Assert.All(network.Buffers.Where(buffer => buffer.Name.EndsWith("variance", StringComparison.Ordinal)), buffer => Assert.True(buffer.Tensor.Equals(ones_like(buffer.Tensor))));

        Tensor Check(IReadOnlyList<Layer> layers, Tensor values)
        {
            foreach (var layer in layers)
            {
                values = layer is Residual residual ? Check(residual.Layers, values) + values : layer.Forward(values, Mode.Evaluate);
                if (layer is IWeighted { Initialization.Name: "lsuv" } weighted)
                {
                    checkedLayers++;
                    Assert.Equal(1, values.var(unbiased: false).item<float>(), weighted.Initialization.Number("tolerance"));
                }
            }

            return values;
        }
    }

    [Fact]
    public void Apply_ConstantSamples_LeavesFiniteWeights()
    {
        using var scope = NewDisposeScope();
        using var network = new Network(TestSpecs.Read(Spec).Plan!, NumberFormats.Float32, CPU, new RunSeed(1));
        LayerSequentialScaling.Apply(network, zeros(8, 3, 32, 32));
        Assert.All(network.Parameters, parameter => Assert.True(parameter.Tensor.isfinite().all().item<bool>()));
    }
}
