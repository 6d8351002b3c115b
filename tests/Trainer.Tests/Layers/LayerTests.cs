using Trainyard.Specs.Spec;
using Trainyard.Trainer.Layers;

namespace Trainyard.Trainer.Tests.Layers;

public sealed class LayerTests
{
    [Fact]
    public void MaxPooling_OfTheTextbookExample_GivesItsMaxima()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(new PoolLayer { Pool = PoolKind.Max, Size = 2 }, [1, 4, 4], NumberFormats.Float32);
        Assert.Equal([9f, 2f, 6f, 3f], layer.call(Textbook()).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void AveragePooling_OfTheTextbookExample_GivesItsMeans()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(new PoolLayer { Pool = PoolKind.Average, Size = 2 }, [1, 4, 4], NumberFormats.Float32);
        Assert.Equal([3.75f, 1.25f, 3.75f, 2f], layer.call(Textbook()).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Convolution_KnownFilter_SlidesAsDefined()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(TestLayers.Conv(1, 2, padding: 0, bias: false), [1, 6, 6], NumberFormats.Float32);
        layer.get_parameter("weight")!.detach().copy_(tensor(new[] { 1f, 10, 100, 1000 }, [1, 1, 2, 2]));
        var input = tensor(new[] { 1f, 2, 3, 4, 5, 6, 7, 8, 9 }, [1, 1, 3, 3]);
        Assert.Equal([5421f, 6532f, 8754f, 9865f], layer.call(input).contiguous().reshape(-1).detach().data<float>().ToArray());
    }

    [Fact]
    public void Convolution_ChannelsLastInput_KeepsChannelsLastOutputAndFilters()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(TestLayers.Conv(8, 3, padding: 1, bias: false), [3, 6, 6], NumberFormats.Float32);
        var output = layer.call(zeros(2, 6, 6, 3).permute(0, 3, 1, 2));
        Assert.Equal([2, 8, 6, 6], output.shape);
        Assert.True(output.permute(0, 2, 3, 1).is_contiguous());
        Assert.True(layer.get_parameter("weight")!.permute(0, 2, 3, 1).is_contiguous());
    }

    [Theory]
    [InlineData(2, 16, "float32")]
    [InlineData(3, 17, "float32")]
    [InlineData(2, 16, "bfloat16")]
    public void Convolution_StridedFilterOfOnePixel_EqualsTheOneOfEveryPixelItMeets(int stride, int side, string products)
    {
        using var scope = NewDisposeScope();
        var formats = products == "float32" ? NumberFormats.Float32 : NumberFormats.Bfloat16;
        using var strided = TestLayers.Build(TestLayers.Conv(64, kernel: 1, stride: stride), [32, side, side], formats);
        using var dense = TestLayers.Build(TestLayers.Conv(64, kernel: 1), [32, side, side], formats);
        manual_seed(1);
        var input = randn(32, side, side, 32).permute(0, 3, 1, 2).requires_grad_();
        var met = input.slice(2, 0, side, stride).slice(3, 0, side, stride).detach().requires_grad_();

        var (one, other) = (strided.call(input), dense.call(met));
        one.to_type(ScalarType.Float32).square().sum().backward();
        other.to_type(ScalarType.Float32).square().sum().backward();

        Assert.True(one.allclose(other, 1e-2, 1e-4));
        Assert.True(strided.get_parameter("weight")!.grad!.allclose(dense.get_parameter("weight")!.grad!, 1e-2, 1));
        Assert.True(input.grad!.slice(2, 0, side, stride).slice(3, 0, side, stride).allclose(met.grad!, 1e-2, 1e-3));
    }

    [Fact]
    public void Flatten_ChannelsLastInput_GoesChannelByChannel()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(new FlattenLayer(), [2, 1, 2]);
        var image = tensor(new[] { 1f, 10, 2, 20 }, [1, 1, 2, 2]).permute(0, 3, 1, 2);  // channels 1, 2 and 10, 20
        Assert.Equal([1f, 2f, 10f, 20f], layer.call(image).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void BatchNorm_TrainingBatch_NormalizesAndRecordsStatistics()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, 1, NumberFormats.Float32, CPU);
        var output = layer.call(tensor(new[] { 1f, 2, 3, 6 }, [4, 1])).detach().data<float>().ToArray();
        // mean 3, biased variance 3.5, unbiased 14/3
        Assert.Equal(-2 / Math.Sqrt(3.5), output[0], 1e-4);
        Assert.Equal(3 / Math.Sqrt(3.5), output[3], 1e-4);
        Assert.Equal(0.3f, layer.get_buffer("mean")!.item<float>(), 1e-6f);
        Assert.Equal(0.9f + (0.1f * 14 / 3), layer.get_buffer("variance")!.item<float>(), 1e-6f);
    }

    [Fact]
    public void BatchNorm_SingleValuePerChannel_StaysFinite()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(new BatchNormLayer { Momentum = 0.1, Epsilon = 1e-5 }, 3, NumberFormats.Float32, CPU);
        var output = layer.call(tensor(new[] { 1f, 2, 3 }, [1, 3])).detach().data<float>().ToArray();
        Assert.All(output, value => Assert.True(float.IsFinite(value)));
        Assert.All(layer.get_buffer("variance")!.data<float>().ToArray(), variance => Assert.Equal(1f, variance));
    }

    [Fact]
    public void Dropout_Training_DropsItsShareAndKeepsTheMean()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(new DropoutLayer { Rate = 0.25 }, [100_000]);
        manual_seed(1);
        var values = layer.call(ones(100_000)).data<float>().ToArray();
        Assert.Equal(0.25, values.Count(value => value == 0) / 100_000.0, 0.01);
        Assert.Equal(1, values.Average(), 0.01);
        layer.eval();
        Assert.Equal([1f, 1f], layer.call(ones(2)).data<float>().ToArray());
    }

    [Fact]
    public void Convolution_Bfloat16Products_KeepsFloat32WeightsAndGradients()
    {
        using var scope = NewDisposeScope();
        using var layer = TestLayers.Build(TestLayers.Conv(4, 3, padding: 1, bias: false), [3, 6, 6], NumberFormats.Bfloat16);
        using var reference = TestLayers.Build(TestLayers.Conv(4, 3, padding: 1, bias: false), [3, 6, 6], NumberFormats.Float32);
        var input = rand(2, 3, 6, 6);
        var output = layer.call(input);
        output.to_type(ScalarType.Float32).sum().backward();
        var weight = layer.get_parameter("weight")!;
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Assert.Equal(ScalarType.Float32, weight.dtype);
        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
        // bfloat16 keeps 8 significant bits.
        var difference = (reference.call(input) - output.to_type(ScalarType.Float32)).abs().max().item<float>();
        Assert.InRange(difference, 0, 0.1f);
    }

    private static Tensor Textbook() => tensor(new[] { 1f, 3, 2, 1, 2, 9, 1, 1, 1, 3, 2, 3, 5, 6, 1, 2 }, [1, 1, 4, 4]);
}
