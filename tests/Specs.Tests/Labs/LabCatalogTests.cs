using System.Text;
using System.Text.Json;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;
using Xunit;

namespace Trainyard.Specs.Tests.Labs;

public sealed class LabCatalogTests
{
    public static TheoryData<string> Names => [.. LabCatalog.All.Select(lab => lab.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_OfALab_AreValidAndTheFirstIsTheEmptyRequest(string name)
    {
        var lab = LabCatalog.Find(name)!;
        Assert.All(lab.Examples, example =>
        {
            var reading = lab.Read(JsonSerializer.SerializeToUtf8Bytes(example.Request, lab.Request, SpecJson.Options));
            Assert.Empty(reading.Findings);
            Assert.IsType(lab.Request, reading.Request);
            Assert.Equal(reading.Document, lab.Read(reading.Document!).Document); // canonical
        });
        Assert.Equal(
            Encoding.UTF8.GetString(lab.Read("{}"u8.ToArray()).Document!),
            Encoding.UTF8.GetString(lab.Read(JsonSerializer.SerializeToUtf8Bytes(lab.Examples[0].Request, lab.Request, SpecJson.Options)).Document!));
    }

    [Theory]
    [InlineData("backprop-by-hand", """{ "expression": "a * x", "variables": [{ "name": "x", "value": 1 }] }""", "/expression", SpecFindingCode.UnknownVariable, "'a' has no value")]
    [InlineData("backprop-by-hand", """{ "expression": "x +" }""", "/expression", SpecFindingCode.InvalidExpression, "at position 4; found the end")]
    [InlineData("backprop-by-hand", """{ "expression": "sigmod(x)" }""", "/expression", SpecFindingCode.InvalidExpression, "did you mean sigmoid?")]
    [InlineData("backprop-by-hand", """{ "expression": "log(w)" }""", "/variables", SpecFindingCode.NotFinite, "log(w) has no finite")]
    [InlineData("backprop-by-hand", """{ "expression": "w", "variables": [{ "name": "w", "value": 1 }, { "name": "w", "value": 2 }] }""", "/variables/1/name", SpecFindingCode.RepeatedValue, "twice")]
    [InlineData("backprop-by-hand", """{ "variables": [{ "name": "w" }] }""", "/variables/0/value", SpecFindingCode.MissingValue, "required")]
    [InlineData("gradient-check", """{ "step": 1 }""", "/step", SpecFindingCode.OutOfRange, "between")]
    [InlineData("optimizer-paths", """{ "optimizers": ["adm"] }""", "/optimizers/0", SpecFindingCode.UnknownTechnique, "optimizer")]
    [InlineData("optimizer-paths", """{ "optimizers": [{ "name": "adam", "rate": 1 }] }""", "/optimizers/0/rate", SpecFindingCode.UnknownMember, "rate")]
    [InlineData("optimizer-paths", """{ "optimizers": [] }""", "/optimizers", SpecFindingCode.WrongList, "array")]
    [InlineData("optimizer-paths", """{ "expression": "x * z" }""", "/expression", SpecFindingCode.UnknownVariable, "'z'")]
    [InlineData("optimizer-paths", """{ "expression": "log(x) + y" }""", "/start", SpecFindingCode.NotFinite, "log(x)")]
    [InlineData("optimizer-paths", """{ "region": { "x": { "low": 1, "high": 1 }, "y": { "low": 0, "high": 1 } } }""", "/region/x/high", SpecFindingCode.EmptyRange, "not below")]
    [InlineData("adam-bias-correction", """{ "learningRate": 0 }""", "/learningRate", SpecFindingCode.OutOfRange, "greater than 0")]
    [InlineData("convolution-arithmetic", """{ "layer": { "kind": "dense", "units": 3 } }""", "/layer/kind", SpecFindingCode.NotAChoice, "conv")]
    [InlineData("convolution-arithmetic", """{ "layer": { "kind": "conv", "filters": 17 } }""", "/layer/filters", SpecFindingCode.OutOfRange, "16")]
    [InlineData("convolution-arithmetic", """{ "layer": { "kind": "conv", "filters": 1, "kernel": 7, "padding": 0 }, "height": 5 }""", "/layer/kernel", SpecFindingCode.FilterTooLarge, "covers 7 pixels")]
    [InlineData("convolution-arithmetic", """{ "layer": { "kind": "pool", "pool": "max", "size": 6 }, "width": 5 }""", "/layer/pool", SpecFindingCode.NothingToPool, "smaller than its pooling window")]
    [InlineData("convolution-arithmetic", """{ "layer": { "kind": "pool", "pool": "max", "size": 2 }, "weights": [[1]] }""", "/weights", SpecFindingCode.UnknownMember, "weights")]
    [InlineData("convolution-arithmetic", """{ "channels": 1, "input": [[1, 2], [3]] }""", "/input", SpecFindingCode.WrongGrid, "same length")]
    [InlineData("convolution-arithmetic", """{ "channels": 2, "input": [[1, 2], [3, 4], [5, 6]] }""", "/input", SpecFindingCode.WrongGrid, "2 channels")]
    [InlineData("convolution-arithmetic", """{ "weights": [[1, 2], [3, 4]] }""", "/weights", SpecFindingCode.WrongGrid, "15 rows of 5 numbers")]
    public void Read_WrongRequest_TellsWhereAndWhat(string name, string request, string pointer, SpecFindingCode code, string message)
    {
        var reading = LabCatalog.Find(name)!.Read(Encoding.UTF8.GetBytes(request));
        Assert.Null(reading.Request);
        Assert.Null(reading.Document);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((pointer, code), (finding.Pointer, finding.Code));
        Assert.Contains(message, $"{finding.Message} {finding.Allowed}", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_VariablesThatAreNotUsed_AreLeftOutOfTheCanonicalRequest()
    {
        var request = Assert.IsType<BackpropRequest>(LabCatalog.Find("backprop-by-hand")!.Read("""{ "expression": "x * w" }"""u8.ToArray()).Request);
        Assert.Equal(["x", "w"], request.Variables.Select(variable => variable.Name));
    }
}
