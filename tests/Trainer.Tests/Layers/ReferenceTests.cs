using System.Text.Json;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Batch norm and label smoothing against PyTorch (References/layers.py), in float64.</summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonElement References =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "References", "layers.json"))).RootElement;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BatchNorm_ThreeBatches_HasPyTorchsStatisticsAndOutputs(int index)
    {
        using var scope = NewDisposeScope();
        var expected = References.GetProperty("batchNorm")[index];
        var shape = Numbers(expected, "shape").Select(side => (long)side).ToArray();
        var settings = new BatchNormLayer { Momentum = expected.GetProperty("momentum").GetDouble(), Epsilon = expected.GetProperty("epsilon").GetDouble() };
        using var layer = new BatchNorm(settings, (int)shape[1], NumberFormats.Float64, CPU);
        var trained = Enumerable.Range(0, 3).Select(batch => layer.call(Batch(shape, batch))).ToArray()[^1];

        AssertClose(expected, "trained", trained);
        AssertClose(expected, "mean", layer.get_buffer("mean")!);
        AssertClose(expected, "variance", layer.get_buffer("variance")!);
        layer.eval();
        AssertClose(expected, "evaluated", layer.call(Batch(shape, 3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void CrossEntropy_SmoothedLabels_HasPyTorchsLossAndGradient(int index)
    {
        using var scope = NewDisposeScope();
        var expected = References.GetProperty("labelSmoothing")[index];
        var scores = Batch([3, 4], 1).requires_grad_();
        var loss = functional.cross_entropy(scores, tensor(new long[] { 2, 0, 3 }), label_smoothing: expected.GetProperty("smoothing").GetDouble());
        loss.backward();
        Assert.Equal(expected.GetProperty("loss").GetDouble(), loss.item<double>(), Tolerance);
        AssertClose(expected, "gradient", scores.grad!);
    }

    private static void AssertClose(JsonElement expected, string name, Tensor actual)
    {
        var (numbers, values) = (Numbers(expected, name), actual.detach().contiguous().data<double>().ToArray());
        Assert.Equal(numbers.Length, values.Length);
        Assert.All(numbers.Zip(values), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static Tensor Batch(long[] shape, int batch)
    {
        var count = (int)shape.Aggregate(1L, (product, side) => product * side);
        return tensor(Enumerable.Range(0, count).Select(i => (Math.Sin((0.7 * i) + (1.9 * batch)) * (1 + (0.01 * i))) + (0.3 * batch)).ToArray()).reshape(shape);
    }
}
