using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
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
        var called = RecordCalls(network, plan);

        network.train();
        network.call(randn(8, 28, 28, 1).permute(0, 3, 1, 2));
        Assert.Contains("conv1", called);
        Assert.DoesNotContain("batch_norm1", called);
        Assert.DoesNotContain("pool1", called);

        // Where layers are looked at, each is called.
        called.Clear();
        using (no_grad())
        {
            network.observe();
            network.call(randn(8, 28, 28, 1).permute(0, 3, 1, 2));
        }

        Assert.Equal(plan.Layers.Select(planned => planned.Name), called);
    }

    [Fact]
    public void Forward_Training_GivesBackTheValuesBetweenLayersUnlessTheyAreObserved()
    {
        using var scope = NewDisposeScope();
        using var network = Build("after", "silu", NumberFormats.Float32, out _);
        var outputs = new List<Tensor>();
        foreach (var layer in network.Layers)
        {
            layer.register_forward_hook((_, _, output) =>
            {
                outputs.Add(output);
                return output;
            });
        }

        network.train();
        var samples = randn(8, 28, 28, 1).permute(0, 3, 1, 2);
        var scores = network.call(samples);
        Assert.InRange(outputs.Count, 3, network.Layers.Count);
        Assert.All(outputs, output => Assert.Equal(!ReferenceEquals(output, scores), output.IsInvalid));
        Assert.False(samples.IsInvalid);

        outputs.Clear();
        network.Observed(samples, (_, _) => { });
        Assert.All(outputs, output => Assert.False(output.IsInvalid));
    }

    [Fact]
    public void Forward_Evaluation_CallsNoLayerThatIsFusedInInferenceModeOnly()
    {
        using var scope = NewDisposeScope();
        using var network = Build("before", "silu", NumberFormats.Float32, out var plan);
        var called = RecordCalls(network, plan);

        var samples = randn(16, 28, 28, 1).permute(0, 3, 1, 2);
        network.eval();
        using (no_grad())
        {
            network.call(samples);
        }

        Assert.Equal(plan.Layers.Select(planned => planned.Name), called);
        called.Clear();
        using (inference_mode())
        {
            network.call(samples);
        }

        Assert.Equal(plan.Layers.Where(planned => planned.Layer is ConvLayer or FlattenLayer || planned is { Layer: BatchNormLayer, Input.Count: 1 }).Select(planned => planned.Name), called);
    }

    [Theory]
    [InlineData("before", "silu", "float32")]
    [InlineData("before", "relu", "bfloat16")]
    [InlineData("after", "gelu", "float32")]
    [InlineData("after", "tanh", "bfloat16")]
    [InlineData("before", "sigmoid", "float32")]
    public void Evaluation_FusedAndLayerByLayer_HasEqualScores(string position, string activation, string format)
    {
        using var scope = NewDisposeScope();
        using var network = Build(position, activation, format == "float32" ? NumberFormats.Float32 : NumberFormats.Bfloat16, out _);
        CompareEvaluations(network, [16, 1, 28, 28], format == "float32" ? 1e-5 : 0.02);
    }

    [Fact]
    public void Evaluation_ResidualNetworkFusedAndLayerByLayer_HasEqualScores()
    {
        using var scope = NewDisposeScope();
        var plan = TestSpecs.Read("""
            {
              "data": { "dataset": "cifar-10" },
              "model": { "kind": "preset", "preset": { "name": "resnet9", "width": 0.25 }, "activation": "relu", "batchNorm": { "position": "before" } }
            }
            """).Plan!;
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(3));
        CompareEvaluations(network, [16, 3, 32, 32], 1e-5);
    }

    [Theory]
    [InlineData("relu", "[8]", 0)]
    [InlineData("tanh", "[32, 16, 16]", 0)]
    [InlineData("silu", "[24, 24, 24]", 0.4)]
    [InlineData("maxout", "[16, 16]", 0)]
    public void Dense_FusedAndLayerByLayer_HaveEqualScoresAndGradients(string activation, string widths, double dropout)
    {
        using var scope = NewDisposeScope();
        using var network = BuildDense(activation, widths, dropout);
        manual_seed(7);
        var samples = randn(32, 2);
        network.train();
        var gradient = randn_like(network.call(samples));
        var fused = Gradients(() => network.Pass(samples));
        var inGraph = Gradients(() => new GraphPass(network.call(samples)));
        var observed = Gradients(() => new GraphPass(network.Observed(samples, (_, output) => output.retain_grad())));
        var separate = Gradients(() => new GraphPass(LayerByLayer(network, samples)));
        Assert.True(fused.Zip(inGraph).All(pair => pair.First.Equals(pair.Second)), "The chain as a node of the graph computes something else.");
        Assert.True(fused.Zip(observed).All(pair => pair.First.Equals(pair.Second)), "An observed pass computes something else.");
        Assert.True(fused.Zip(separate).All(pair => pair.First.allclose(pair.Second, rtol: 1e-4, atol: 1e-5)), "The layers compute something else.");

        List<Tensor> Gradients(Func<TrainingPass> forward)
        {
            manual_seed(5);
            network.zero_grad();
            var pass = forward();
            pass.Backward(gradient);
            return [pass.Scores.detach(), .. network.parameters().Select(parameter => parameter.grad!.clone())];
        }
    }

    [Fact]
    public void Dense_Observed_ShowsEachLayerAndCallsNone()
    {
        using var scope = NewDisposeScope();
        using var network = BuildDense("sigmoid", "[8, 8]", dropout: 0);
        var called = new List<Module<Tensor, Tensor>>();
        foreach (var layer in network.Layers)
        {
            layer.register_forward_hook((module, _, output) =>
            {
                called.Add(layer);
                return output;
            });
        }

        var shown = new List<Module<Tensor, Tensor>>();
        network.call(randn(16, 2));
        network.Observed(randn(16, 2), (layer, _) => shown.Add(layer));
        Assert.Empty(called);
        Assert.Equal(network.Layers, shown);

        // Many samples are for torch's products, and where nothing is trained or evaluated somebody may look.
        foreach (var (samples, mode) in ((int, Func<IDisposable>)[])[(100_000, () => enable_grad()), (16, () => no_grad())])
        {
            using var _ = mode();
            called.Clear();
            shown.Clear();
            network.Observed(randn(samples, 2), (layer, _) => shown.Add(layer));
            Assert.Equal(network.Layers, shown);
            Assert.Equal(network.Layers, called);
        }
    }

    [Fact]
    public void Dense_ALargeLayerAmongSmallOnes_IsTorchs()
    {
        using var scope = NewDisposeScope();
        using var network = BuildDense("relu", "[64, 4000, 8]", dropout: 0);
        var called = new List<string>();
        foreach (var (name, layer) in network.named_children())
        {
            ((Module<Tensor, Tensor>)layer).register_forward_hook((_, _, output) =>
            {
                called.Add(name);
                return output;
            });
        }

        using var _ = inference_mode();
        var samples = randn(200, 2);
        var scores = network.call(samples);
        Assert.Equal(["dense2"], called);
        Assert.True(scores.allclose(LayerByLayer(network, samples), rtol: 1e-4, atol: 1e-5));
    }

    // Layer by layer is what no_grad() without inference mode computes. tolerance: Of the largest score.
    private static void CompareEvaluations(Network network, long[] shape, double tolerance)
    {
        manual_seed(7);
        using var _ = no_grad();
        foreach (var (name, buffer) in network.named_buffers())
        {
            // Running statistics unlike the initial 0 and 1.
            buffer.add_(rand_like(buffer) * 0.3);
        }

        var samples = randn(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
        network.eval();
        var expected = network.call(samples).to_type(ScalarType.Float32);
        Tensor fused;
        using (inference_mode())
        {
            fused = network.call(samples).to_type(ScalarType.Float32);
            Assert.True(fused.Equals(network.call(samples).to_type(ScalarType.Float32)), "Two evaluations differ.");
        }

        var difference = (fused - expected).abs().max().item<float>();
        Assert.InRange(difference, 0, tolerance * expected.abs().max().item<float>());
    }

    // The names of layers, in the order in which they are called from now on.
    private static List<string> RecordCalls(Network network, ModelPlan plan)
    {
        var called = new List<string>();
        foreach (var (layer, planned) in network.Layers.Zip(plan.Layers))
        {
            layer.register_forward_hook((_, _, output) =>
            {
                called.Add(planned.Name);
                return output;
            });
        }

        return called;
    }

    private static Network BuildDense(string activation, string widths, double dropout)
    {
        var plan = TestSpecs.Read($$"""
            {
              "data": { "dataset": "spiral" },
              "model": { "kind": "mlp", "activation": "{{activation}}", "dense": {{widths}}{{(dropout > 0 ? $$""", "dropout": { "dense": {{dropout}} }""" : "")}} }
            }
            """).Plan!;
        return Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(3));
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
