using Trainyard.Specs.Planning;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Networks whose layers are fused compute what their layers compute one after the other.</summary>
public sealed class FusedLayersTests
{
    private const int Steps = 12;

    [Theory]
    [InlineData("before", "silu")]
    [InlineData("before", "relu")]
    [InlineData("after", "gelu")]
    public void Training_FusedAndLayerByLayer_HasEqualLossesAndStatistics(string position, string activation)
    {
        var (fused, fusedState) = Train(position, activation, NumberFormats.Float32, (network, samples) => network.call(samples));
        var (separate, separateState) = Train(position, activation, NumberFormats.Float32, LayerByLayer);
        Assert.Equal(separate, fused, (one, other) => Math.Abs(one - other) < 1e-3);
        Assert.Equal(separate[0], fused[0], 1e-5);
        Assert.Equal(separateState, fusedState, (one, other) => Math.Abs(one - other) < 1e-3);
        Assert.InRange(fused[^1], 0, fused[0] * 0.9);
    }

    [Fact]
    public void Training_Bfloat16_HasLossesWithinItsRounding()
    {
        var (fused, _) = Train("before", "silu", NumberFormats.Bfloat16, (network, samples) => network.call(samples));
        var (separate, _) = Train("before", "silu", NumberFormats.Bfloat16, LayerByLayer);
        Assert.Equal(separate, fused, (one, other) => Math.Abs(one - other) < 0.03 * separate[0]);
    }

    [Fact]
    public void Forward_Training_CallsNoLayerThatIsFused()
    {
        using var scope = NewDisposeScope();
        using var network = Build("before", "silu", NumberFormats.Float32, out var plan);
        var called = new List<string>();
        foreach (var (layer, planned) in network.Layers.Zip(plan.Layers))
        {
            layer.register_forward_hook((_, _, output) =>
            {
                called.Add(planned.Name);
                return output;
            });
        }

        network.train();
        network.call(randn(8, 28, 28, 1).permute(0, 3, 1, 2));
        Assert.Contains("conv1", called);
        Assert.DoesNotContain("batch_norm1", called);
        Assert.DoesNotContain("pool1", called);

        // Where layers are looked at, and in evaluation, each is called.
        called.Clear();
        using (no_grad())
        {
            network.observe();
            network.call(randn(8, 28, 28, 1).permute(0, 3, 1, 2));
        }

        Assert.Equal(plan.Layers.Select(planned => planned.Name), called);
    }

    private static Network Build(string position, string activation, NumberFormats formats, out ModelPlan plan)
    {
        plan = TestSpecs.Read($$"""
            {
              "data": { "dataset": "fashion-mnist" },
              "model": {
                "kind": "cnn", "activation": "{{activation}}", "batchNorm": { "position": "{{position}}" },
                "blocks": [{ "filters": 16, "kernel": 3, "pool": "max" }, { "filters": 24, "kernel": 3, "convolutions": 2, "pool": "max" }],
                "dense": [32]
              }
            }
            """).Plan!;
        return Network.Build(plan, formats, CPU, new RunSeed(3));
    }

    private static (double[] Losses, float[] State) Train(string position, string activation, NumberFormats formats, Func<Network, Tensor, Tensor> forward)
    {
        using var scope = NewDisposeScope();
        using var network = Build(position, activation, formats, out _);
        manual_seed(7);
        var samples = randn(64, 28, 28, 1).permute(0, 3, 1, 2);
        var labels = randint(0, 10, [64], dtype: ScalarType.Int64);
        var losses = new double[Steps];
        network.train();
        for (var step = 0; step < Steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var loss = functional.cross_entropy(forward(network, samples).to_type(ScalarType.Float32), labels);
            loss.backward();
            losses[step] = loss.item<float>();
            using var _ = no_grad();
            foreach (var parameter in network.parameters())
            {
                parameter.sub_(parameter.grad! * 0.01);
            }

            network.zero_grad();
        }

        return (losses, [.. network.named_buffers().SelectMany(named => named.buffer.data<float>().ToArray())]);
    }

    private static Tensor LayerByLayer(Network network, Tensor samples) => network.Layers.Aggregate(samples, (values, layer) => layer.call(values));
}
