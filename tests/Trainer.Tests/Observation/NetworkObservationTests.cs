using Trainyard.Specs.Planning;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Optimizers;
using Trainyard.Trainer.Random;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Observation;

/// <summary>Snapshots and observed steps of small networks, against numbers computed by hand or from the same tensors another way.</summary>
public sealed class NetworkObservationTests
{
    private const string Mlp = """
        { "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [4], "activation": "relu" }, "training": { "batchSize": 4 } }
        """;

    [Fact]
    public void Snapshot_WeightsSetByHand_HasTheNumbersComputedByHand()
    {
        using var scope = NewDisposeScope();
        using var network = Build(Mlp, out var layers);
        // Units: x, y, always below 0, always 0.
        Set(network.get_parameter("dense1.weight")!, [1, 0, 0, 1, -1, -1, 0, 0]);
        Set(network.get_parameter("output.weight")!, [1, 1, 1, 1, 1, 1, 1, 1]);
        var samples = tensor(new float[] { 1, 0, 3, 2 }).reshape(2, 2);

        var snapshot = NetworkSnapshot.Measure(network, layers, samples, histograms: true);

        // Sums: [1, 0, -1, 0], [3, 2, -5, 0]; outputs of ReLU: [1, 0, 0, 0], [3, 2, 0, 0].
        var (sums, active, output) = (snapshot.Activations[0], snapshot.Activations[1], snapshot.Activations[2]);
        Assert.Equal(0, sums.Mean!.Value, 6);
        Assert.Equal(Math.Sqrt(40.0 / 8), sums.Std!.Value, 6);
        Assert.Equal((0.375, (double?)null, (double?)null), (sums.ZeroShare, sums.DeadShare, sums.SaturatedShare));
        Assert.Equal(0.75, active.Mean!.Value, 6);
        Assert.Equal((0.625, 0.5, (double?)null), (active.ZeroShare, active.DeadShare, active.SaturatedShare));
        Assert.Equal(3.0, output.Mean!.Value, 6);  // both scores are 1 for the first sample and 5 for the second

        Assert.Equal(2, snapshot.Weights[0].Norm!.Value, 6);
        Assert.Equal(Math.Sqrt(8), snapshot.Weights[2].Norm!.Value, 6);
        Assert.Equal(0, snapshot.UnitSpreads[2]!.Value, 6);
        // Mean over the units is (0, 0): the units differ entirely.
        Assert.Equal(1, snapshot.UnitSpreads[0]!.Value, 6);
        Assert.All(snapshot.ActivationHistograms, pair => Assert.Equal(pair.Key == 2 ? 4 : 8, pair.Value!.Counts.Sum()));
        Assert.All(snapshot.WeightHistograms.Values, histogram => Assert.Equal(8, histogram!.Counts.Sum()));
    }

    [Theory]
    [InlineData("sigmoid", 4.5, 4.2)]
    [InlineData("tanh", 2.25, 2.1)]
    public void Snapshot_BoundedActivation_CountsWhereTheSlopeIsATwentieth(string activation, double outside, double inside)
    {
        using var scope = NewDisposeScope();
        using var network = Build(Mlp.Replace("relu", activation, StringComparison.Ordinal), out var layers);
        Set(network.get_parameter("dense1.weight")!, [1, 0, -1, 0, 0, 1, 0, -1]);
        var snapshot = NetworkSnapshot.Measure(network, layers, tensor(new[] { (float)outside, (float)inside }).reshape(1, 2), histograms: false);
        Assert.Equal((0.5, (double?)null), (snapshot.Activations[1].SaturatedShare, snapshot.Activations[1].DeadShare));
        Assert.Empty(snapshot.ActivationHistograms);
    }

    [Fact]
    public void Snapshot_DeepNetwork_NamesTheRowsOfTheLayerTableAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        const string Spec = """
            {
              "data": { "dataset": "shapes" },
              "model": { "kind": "preset", "preset": { "name": "resnet9", "width": 0.1 }, "batchNorm": true, "dropout": { "dense": 0.3 } },
              "training": { "batchSize": 8 }
            }
            """;
        using var network = Build(Spec, out var layers);
        var rows = LayerTable.Rows(TestSpecs.Read(Spec).Plan!);
        Assert.All(layers, layer => Assert.Equal((rows[layer.Index].Name, rows[layer.Index].Kind), (layer.Name, layer.Kind)));
        Assert.Equal(rows.Count(row => row.Kind is not ("flatten" or "dropout")), layers.Count);
        var samples = randn(16, 32, 32, 3).permute(0, 3, 1, 2);
        string[] before = [.. Values()];

        var snapshot = NetworkSnapshot.Measure(network, layers, samples, histograms: true);

        Assert.Equal(before, Values());
        Assert.Equal(layers.Select(layer => layer.Index), snapshot.Activations.Keys.Order());
        // Batch norm over the batch itself: mean 0 and standard deviation 1, although its running statistics are still those of the start.
        var norm = layers.First(layer => layer.Kind == "batch_norm");
        Assert.Equal(0, snapshot.Activations[norm.Index].Mean!.Value, 0.03);
        Assert.Equal(1, snapshot.Activations[norm.Index].Std!.Value, 0.03);

        IEnumerable<string> Values() => network.state_dict().Values
            .Select(values => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(values.detach().contiguous().bytes)));
    }

    [Fact]
    public void From_VeryDeepNetwork_KeepsTheFirstLayerTheOutputAndTheLimit()
    {
        const string Spec = """
            { "data": { "dataset": "shapes" }, "model": { "kind": "cnn", "blocks": [{ "filters": 1, "convolutions": 16, "pool": "none" }] } }
            """;
        var blocks = string.Join(", ", Enumerable.Repeat("""{ "filters": 1, "convolutions": 16, "pool": "none" }""", 12));
        using var network = Build(Spec.Replace("""{ "filters": 1, "convolutions": 16, "pool": "none" }""", blocks, StringComparison.Ordinal), out var layers);
        Assert.Equal(ObservedLayer.Most, layers.Count);
        Assert.Equal(("conv1", "output"), (layers[0].Name, layers[^1].Name));
        Assert.Equal(layers.Count, layers.DistinctBy(layer => layer.Index).Count());
    }

    [Fact]
    public void Probe_OneStepOfSgd_MeasuresGradientsAndUpdates()
    {
        using var scope = NewDisposeScope();
        using var network = Build(Mlp, out var layers);
        using var optimizer = new Sgd([.. network.parameters()]);
        var samples = randn(6, 2);
        var labels = tensor(new long[] { 0, 1, 0, 1, 1, 0 });
        var weight = network.get_parameter("dense1.weight")!;
        var old = weight.detach().clone();

        var probe = new StepProbe(network, layers, histograms: true);
        var scores = probe.Forward(samples).Scores;
        Assert.Equal(0, scores.sub(network.call(samples)).abs().max().item<float>());
        functional.cross_entropy(scores, labels).backward();
        double[] squares = [.. network.parameters().Select(parameter => Math.Pow(parameter.grad!.norm().item<float>(), 2))];
        probe.AfterBackward();
        optimizer.Step(0.25);
        probe.AfterUpdate();

        Assert.Equal(Math.Sqrt(squares[0] + squares[1]), probe.Gradients[0].Norm!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(squares.Sum()), probe.GradientNorm, 1e-6);
        Assert.Equal(0.25 * Math.Sqrt(squares[0]) / old.norm().item<float>(), probe.UpdateRatios[0]!.Value, 1e-6);
        Assert.Equal([0, 2], probe.OutputGradientNorms.Keys.Order());
        // The gradient of the scores is (softmax - one-hot) / n.
        var expected = scores.detach().softmax(1).sub(functional.one_hot(labels, 2).to_type(ScalarType.Float32)).div(6).norm().item<float>();
        Assert.Equal(expected, probe.OutputGradientNorms[2]!.Value, 1e-6);
        Assert.Equal(12, probe.GradientHistograms[0]!.Counts.Sum());
    }

    private static Network Build(string json, out IReadOnlyList<ObservedLayer> layers)
    {
        var plan = TestSpecs.Read(json).Plan!;
        var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        layers = ObservedLayer.From(plan, network);
        return network;
    }

    private static void Set(Tensor weight, float[] values)
    {
        using var _ = no_grad();
        weight.copy_(tensor(values).reshape(weight.shape));
    }
}
