using System.Text;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Tests.Layers;

namespace Trainyard.Trainer.Tests.Lessons;

/// <summary>Sizes and numbers of parameters as they are worked out by hand, (N - F + 2 P) / S + 1, in the plan and in the network that is built from it.</summary>
public sealed class ConvolutionArithmeticTests
{
    [Theory]
    [InlineData(5, 1, 0, 1, 28, 76)]  // 32x32x3, one 5x5x3 filter: 75 weights and a bias
    [InlineData(5, 1, 2, 1, 32, 76)]  // padding (F - 1) / 2 keeps the size
    [InlineData(5, 1, 2, 10, 32, 760)]
    [InlineData(5, 1, 0, 6, 28, 456)]
    [InlineData(5, 3, 0, 1, 10, 76)]
    [InlineData(3, 2, 1, 4, 16, 112)]
    [InlineData(1, 1, 0, 8, 32, 32)]
    public void Convolution_OfA32By32ColorImage(int kernel, int stride, int padding, int filters, int side, long parameters)
    {
        using var scope = NewDisposeScope();
        var (plan, network) = Build($$"""[{ "kind": "conv", "filters": {{filters}}, "kernel": {{kernel}}, "stride": {{stride}}, "padding": {{padding}} }]""");
        using var built = network;
        var output = built.Layers[0].call(zeros(2, 32, 32, 3).permute(0, 3, 1, 2));
        Assert.Equal([2, filters, side, side], output.shape);
        Assert.Equal([filters, side, side], plan.Layers[0].Output);
        Assert.Equal(parameters, built.Layers[0].parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(parameters, plan.Layers[0].Parameters);
    }

    [Fact]
    public void Pooling_OfTheLecturesMatrix()
    {
        using var scope = NewDisposeScope();
        var matrix = tensor(new[] { 1f, 3, 2, 1, 2, 9, 1, 1, 1, 3, 2, 3, 5, 6, 1, 2 }, [1, 1, 4, 4]);
        Assert.Equal([9f, 2, 6, 3], Pooled(PoolKind.Max, matrix));
        Assert.Equal([3.75f, 1.25f, 3.75f, 2], Pooled(PoolKind.Average, matrix));
    }

    [Fact]
    public void ThreeSmallFilters_SeeAsMuchAsALargeOne()
    {
        // Three 3x3 convolutions of a 7x7 image end in one number each, like one 7x7 convolution, with 27 weights per pair of channels instead of 49.
        const string Small = """{ "kind": "conv", "filters": 3, "kernel": 3, "padding": 0, "bias": false }""";
        using var scope = NewDisposeScope();
        var (plan, network) = Build($"[{Small}, {Small}, {Small}]");
        using var built = network;
        var values = zeros(1, 3, 7, 7);
        foreach (var layer in built.Layers.Take(3))
        {
            values = layer.call(values);
        }

        Assert.Equal([1, 3, 1, 1], values.shape);
        Assert.Equal(3 * 27 * 3, plan.Layers.Take(3).Sum(layer => layer.Parameters));
    }

    private static float[] Pooled(PoolKind kind, Tensor matrix)
    {
        using var layer = TestLayers.Build(new PoolLayer { Pool = kind, Size = 2 }, [1, 4, 4]);
        return layer.call(matrix).contiguous().data<float>().ToArray();
    }

    private static (ModelPlan Plan, Network Network) Build(string layers)
    {
        var reading = SpecReader.Read(Encoding.UTF8.GetBytes($$"""{ "data": { "dataset": "shapes" }, "model": { "kind": "layers", "layers": {{layers}} } }"""));
        Assert.True(reading.IsValid, string.Join('\n', reading.Findings));
        return (reading.Plan, Network.Build(reading.Plan, NumberFormats.Float32, CPU, new RunSeed(1)));
    }
}
