using System.Text;
using Trainyard.Specs.Labs;
using Trainyard.Trainer.Labs;

namespace Trainyard.Trainer.Tests.Labs;

public sealed class ConvolutionLabTests
{
    [Theory]
    [InlineData("max-pooling", new[] { 9.0, 2, 6, 3 })]
    [InlineData("average-pooling", new[] { 3.75, 1.25, 3.75, 2 })]
    public void Run_PoolingOfTheLecture_HasItsValues(string example, double[] expected)
    {
        var request = LabCatalog.Find("convolution-arithmetic")!.Examples.Single(item => item.Name == example).Request;
        var result = Run(System.Text.Json.JsonSerializer.Serialize(request, request.GetType(), Specs.Json.SpecJson.Options));
        Assert.Equal([1, 2, 2], result.Output.Shape);
        Assert.Equal(expected, result.Output.Values);
        Assert.Equal((2, 2, 0, null), (result.Window, result.Stride, result.Parameters, result.Weights));
    }

    [Fact]
    public void Run_ImageOfTheLecture_HasItsSizes()
    {
        var result = Run("{}");
        Assert.Equal([3, 32, 32], result.Input.Shape);
        Assert.Equal([1, 3, 5, 5], result.Weights!.Shape);
        Assert.Equal([1, 28, 28], result.Output.Shape);
        Assert.Equal((76, 28 * 28 * 151), (result.Parameters, result.Flops));
    }

    [Fact]
    public void Run_TenFiltersOfTheLecture_HaveTheirSizesAndParameters()
    {
        var result = Run("""{ "layer": { "kind": "conv", "filters": 10, "kernel": 5, "padding": 0 } }""");
        Assert.Equal([10, 3, 5, 5], result.Weights!.Shape);
        Assert.Equal([10, 28, 28], result.Output.Shape);
        Assert.Equal(760, result.Parameters);
    }

    [Theory]
    [InlineData("""{ "layer": { "kind": "conv", "filters": 2, "kernel": 3, "stride": 2, "padding": 1 }, "height": 5, "width": 7 }""")]
    [InlineData("""{ "layer": { "kind": "conv", "filters": 4, "kernel": 2, "stride": 1, "padding": 0, "dilation": 3, "bias": false }, "channels": 2, "height": 9, "width": 6 }""")]
    [InlineData("""{ "layer": { "kind": "conv", "filters": 1, "kernel": 1, "stride": 2, "padding": 0 }, "channels": 4, "height": 4, "width": 5 }""")]
    [InlineData("""{ "layer": { "kind": "conv", "filters": 1, "kernel": 2, "padding": 0 }, "channels": 1, "input": [[1, 2, 3], [4, 5, 6.5]], "weights": [[1, 0], [0, -1]] }""")]
    public void Run_Convolution_IsTheSumOfEachWindow(string request)
    {
        var result = Run(request);
        var (channels, height, width) = (result.Input.Shape[0], result.Input.Shape[1], result.Input.Shape[2]);
        var (filters, rows, columns) = (result.Output.Shape[0], result.Output.Shape[1], result.Output.Shape[2]);
        Assert.Equal(((height + (2 * result.Padding) - (result.Dilation * (result.Window - 1)) - 1) / result.Stride) + 1, rows);
        for (var output = 0; output < result.Output.Values.Count; output++)
        {
            var (filter, row, column) = (output / (rows * columns), output / columns % rows, output % columns);
            var sum = result.Bias.Count == 0 ? 0 : result.Bias[filter];
            for (var weight = 0; weight < channels * result.Window * result.Window; weight++)
            {
                var (channel, v, u) = (weight / (result.Window * result.Window), weight / result.Window % result.Window, weight % result.Window);
                var (y, x) = ((row * result.Stride) + (v * result.Dilation) - result.Padding, (column * result.Stride) + (u * result.Dilation) - result.Padding);
                var pixel = y >= 0 && y < height && x >= 0 && x < width ? result.Input.Values[(((channel * height) + y) * width) + x] : 0;
                sum += pixel * result.Weights!.Values[(filter * channels * result.Window * result.Window) + weight];
            }

            Assert.Equal(sum, result.Output.Values[output], 1e-12);
        }

        Assert.Equal(filters * rows * columns, result.Output.Values.Count);
    }

    private static ConvolutionResult Run(string request)
    {
        var reading = LabCatalog.Find("convolution-arithmetic")!.Read(Encoding.UTF8.GetBytes(request));
        Assert.Empty(reading.Findings);
        return (ConvolutionResult)LabRunner.Run(reading.Request!, TimeProvider.System);
    }
}
