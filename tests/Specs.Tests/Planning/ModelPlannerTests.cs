using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Xunit;

namespace Trainyard.Specs.Tests.Planning;

public sealed class ModelPlannerTests
{
    [Fact]
    public void Plan_Cnn_InfersShapesAndParametersLayerByLayer()
    {
        var plan = SpecDocument.Read(SpecDocument.Cnn).Plan!;

        Assert.Equal(
            [
                "conv1 8x28x28 72", "batch_norm1 8x28x28 16", "activation1 8x28x28 0", "pool1 8x14x14 0",
                "conv2 16x14x14 1152", "batch_norm2 16x14x14 32", "activation2 16x14x14 0",
                "conv3 16x14x14 2304", "batch_norm3 16x14x14 32", "activation3 16x14x14 0", "pool2 16x7x7 0",
                "flatten1 784 0", "dense1 32 25088", "batch_norm4 32 64", "activation4 32 0", "output 10 330",
            ],
            plan.Layers.Select(layer => $"{layer.Name} {string.Join('x', layer.Output)} {layer.Parameters}"));
        Assert.Equal(72 + 16 + 1152 + 32 + 2304 + 32 + 25088 + 64 + 330, plan.Parameters);
    }

    [Fact]
    public void Plan_Convolution_CountsMultiplyAddsAsTwo()
    {
        var conv = SpecDocument.Read(SpecDocument.Cnn).Plan!.Layers[4];

        Assert.Equal(2L * 8 * 3 * 3 * 16 * 14 * 14, conv.Flops);
    }

    // 32x32x3 with a 5x5 filter: 28x28 without padding, 32x32 with padding 2, 14x14 with stride 2.
    [Theory]
    [InlineData(0, 1, 28)]
    [InlineData(2, 1, 32)]
    [InlineData(0, 2, 14)]
    [InlineData(2, 2, 16)]
    public void Plan_FiveByFiveFilterOnColorImage_FollowsTheFormula(int padding, int stride, int side)
    {
        var reading = SpecDocument.ReadChanged(spec =>
        {
            spec["data"]!["dataset"] = "shapes";
            spec["model"]!["blocks"] = new System.Text.Json.Nodes.JsonArray(
                new System.Text.Json.Nodes.JsonObject { ["filters"] = 6, ["kernel"] = 5, ["padding"] = padding, ["stride"] = stride, ["pool"] = "none" });
        });

        Assert.Equal([6, side, side], reading.Plan!.Layers[0].Output);
        Assert.Equal(5 * 5 * 3 * 6, reading.Plan.Layers[0].Parameters);
    }

    [Fact]
    public void Plan_BatchNormAfterActivation_KeepsTheBias()
    {
        var plan = SpecDocument.ReadChanged(spec =>
            spec["model"]!["batchNorm"] = new System.Text.Json.Nodes.JsonObject { ["position"] = "after" }).Plan!;

        Assert.Equal(["conv", "activation", "batch_norm", "pool"], plan.Layers.Take(4).Select(layer => layer.Layer.Kind));
        Assert.True(((ConvLayer)plan.Layers[0].Layer).Bias);
    }

    [Fact]
    public void Plan_SingleLayerOnPoints_IsOneDenseLayer()
    {
        var plan = SpecDocument.Read("""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" } }""").Plan!;

        var layer = Assert.Single(plan.Layers);
        Assert.Equal("output", layer.Name);
        Assert.Equal(6, layer.Parameters);
    }

    [Theory]
    [InlineData(
        """{ "kind": "conv", "filters": 4 }, { "kind": "pool", "size": 8 }, { "kind": "conv", "filters": 4 }, { "kind": "pool", "size": 5 }, { "kind": "flatten" }""",
        new[] { "conv1", "pool1", "conv2" }, "pool2", "pool", new[] { 4, 4, 4 })]
    [InlineData(
        """{ "kind": "residual", "layers": [{ "kind": "conv", "filters": 3 }, { "kind": "flatten" }, { "kind": "conv", "filters": 3 }] }""",
        new[] { "residual1.conv1", "residual1.flatten1" }, "residual1.conv2", "conv", new[] { 3072 })]
    [InlineData(
        """{ "kind": "conv", "filters": 4 }, { "kind": "residual", "layers": [{ "kind": "conv", "filters": 5 }] }, { "kind": "flatten" }""",
        new[] { "conv1", "residual1.conv2" }, "residual1", "residual", new[] { 4, 32, 32 })]
    public void Read_LayerThatDoesNotFit_KeepsTheRowsBeforeItAndNamesIt(string layers, string[] rows, string name, string kind, int[] input)
    {
        var reading = SpecDocument.Read($$"""{ "data": { "dataset": "shapes" }, "model": { "kind": "layers", "layers": [{{layers}}] } }""");

        Assert.False(reading.IsValid);
        Assert.Equal(rows, reading.Layers.Select(row => row.Name));
        Assert.Equal((name, kind), (reading.BrokenLayer!.Name, reading.BrokenLayer.Kind));
        Assert.Equal(input, reading.BrokenLayer.Input);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal(name, finding.Arguments["layer"].GetString());
        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooLargeNetwork_KeepsTheWholeTable()
    {
        var reading = SpecDocument.Read("""{ "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [16384, 16384] } }""");

        Assert.False(reading.IsValid);
        Assert.Equal(["flatten1", "dense1", "activation1", "dense2", "activation2", "output"], reading.Layers.Select(row => row.Name));
        Assert.Null(reading.BrokenLayer);
    }

    [Fact]
    public void Rows_EveryLayer_HaveShapeAndBytes()
    {
        var rows = LayerTable.Rows(SpecDocument.Read(SpecDocument.Cnn).Plan!);

        Assert.Equal(8 * 28 * 28 * 4, rows[0].OutputBytes);
        Assert.Equal("8 filters 3x3, stride 1, padding 1, no bias, He normal", rows[0].Settings);
        Assert.Equal(
            """{"filters":8,"kernel":3,"stride":1,"padding":1,"dilation":1,"bias":false,"initialization":{"name":"he","distribution":"normal","mode":"fan_in"}}""",
            JsonSerializer.Serialize(rows[0].Arguments, SpecJson.Options));
        Assert.All(rows, row => Assert.Equal(row.Settings.Length == 0, row.Arguments.Count == 0));
    }
}
