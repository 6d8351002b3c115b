using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Specs.Findings;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Space;

public sealed class SearchSpaceReaderTests
{
    private const string Optimizer = """{ "name": "optimizer", "pointers": ["/training/optimizer"], "kind": "categorical", "values": ["sgd", "adam"] }""";

    [Fact]
    public void Read_ValidSpace_KeepsOrderConditionsAndValues()
    {
        var space = Spaces.Read(
            Optimizer,
            """{ "name": "momentum", "pointers": ["/training/optimizer/momentum"], "kind": "float", "low": 0.5, "high": 0.99, "when": { "parameter": "optimizer", "in": ["sgd"] } }""",
            """{ "name": "units", "pointers": ["/model/dense/0"], "kind": "int", "low": 16, "high": 256, "log": true }""");

        Assert.Equal(["optimizer", "momentum", "units"], space.Parameters.Select(parameter => parameter.Name));
        Assert.True(space.Parameters[2].Log);
        Assert.Equal("optimizer", space.Parameters[1].When!.Parameter);
    }

    [Theory]
    [InlineData("""{ "name": "a", "pointers": ["a"], "kind": "float", "low": 0, "high": 1 }""", SpecFindingCode.NotAPointer, "/parameters/1/pointers/0")]
    [InlineData("""{ "name": "a", "pointers": ["/training/optimizer"], "kind": "float", "low": 0, "high": 1 }""", SpecFindingCode.RepeatedValue, "/parameters/1/pointers/0")]
    [InlineData("""{ "name": "optimizer", "pointers": ["/a"], "kind": "float", "low": 0, "high": 1 }""", SpecFindingCode.RepeatedValue, "/parameters/1/name")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "categorical", "values": [10, 1e1] }""", SpecFindingCode.RepeatedValue, "/parameters/1/values/1")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "float", "low": 1, "high": 1 }""", SpecFindingCode.EmptyRange, "/parameters/1/high")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "float", "low": 0, "high": 1, "log": true }""", SpecFindingCode.LogOfNonPositive, "/parameters/1/low")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "int", "low": 1, "high": 9, "log": true, "step": 2 }""", SpecFindingCode.LogWithStep, "/parameters/1/step")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "int", "low": 1.5, "high": 9 }""", SpecFindingCode.NotAnInteger, "/parameters/1/low")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "int", "low": 1, "high": 9, "values": [1] }""", SpecFindingCode.UnusedByParameter, "/parameters/1/values")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "categorical", "values": [1], "log": true }""", SpecFindingCode.UnusedByParameter, "/parameters/1/log")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "categorical" }""", SpecFindingCode.MissingMember, "/parameters/1/values")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "float", "low": 1 }""", SpecFindingCode.MissingMember, "/parameters/1/high")]
    [InlineData("""{ "name": "a", "pointers": ["/a"], "kind": "uniform", "low": 1, "high": 2 }""", SpecFindingCode.NotAChoice, "/parameters/1/kind")]
    [InlineData(
        """{ "name": "a", "pointers": ["/a"], "kind": "float", "low": 0, "high": 1, "when": { "parameter": "optimiser", "in": ["sgd"] } }""",
        SpecFindingCode.UnknownParameter, "/parameters/1/when/parameter")]
    [InlineData(
        """{ "name": "a", "pointers": ["/a"], "kind": "float", "low": 0, "high": 1, "when": { "parameter": "optimizer", "in": ["adam", "lion"] } }""",
        SpecFindingCode.ConditionNeverMet, "/parameters/1/when/in/1")]
    public void Read_InvalidParameter_IsReportedAtItsPlace(string parameter, SpecFindingCode code, string pointer)
    {
        var reading = SearchSpaceReader.Read(Encoding.UTF8.GetBytes($$"""{ "parameters": [{{Optimizer}}, {{parameter}}] }"""));

        Assert.Null(reading.Space);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((code, pointer), (finding.Code, finding.Pointer));
        Assert.All([finding.Message, finding.Allowed, finding.Fix], Assert.NotEmpty);
    }

    [Fact]
    public void Grid_OfARangeWithoutPoints_IsReported()
    {
        var space = Spaces.Read(
            Optimizer, """{ "name": "rate", "pointers": ["/a"], "kind": "float", "low": 0, "high": 1 }""",
            """{ "name": "many", "pointers": ["/b"], "kind": "int", "low": 0, "high": 1000000000 }""");

        var findings = new SearchMethod { Name = SearchMethodName.Grid }.Check(space);

        Assert.Equal(
            [(SpecFindingCode.GridNeedsPoints, "/parameters/1/points"), (SpecFindingCode.GridNeedsPoints, "/parameters/2/points")],
            findings.Select(finding => (finding.Code, finding.Pointer)));
        Assert.Empty(new SearchMethod { Name = SearchMethodName.Random }.Check(space));
    }

    [Fact]
    public void Apply_Values_WidensShorthandsAndNamesMissingPlaces()
    {
        var space = Spaces.Read(
            Optimizer,
            """{ "name": "rate", "pointers": ["/training/optimizer/learningRate"], "kind": "float", "low": 0.001, "high": 1 }""",
            """{ "name": "dropout", "pointers": ["/model/dropout/dense", "/model/layers/7/rate"], "kind": "float", "low": 0, "high": 0.5 }""");
        var spec = JsonNode.Parse("""{ "model": { "dropout": null, "layers": [] }, "training": { "optimizer": { "name": "sgd", "momentum": 0.9 } } }""")!;

        var trial = space.Apply(spec, Assignment.FromJson("""{ "optimizer": "adam", "rate": 0.01, "dropout": 0.25 }"""));

        Assert.Equal("""{"model":{"dropout":{"dense":0.25},"layers":[]},"training":{"optimizer":{"name":"adam","learningRate":0.01}}}""", trial.Document.ToJsonString());
        Assert.Equal(["/model/layers/7/rate"], trial.MissingPointers);
        Assert.Equal(0.9, spec["training"]!["optimizer"]!["momentum"]!.GetValue<double>());
    }

    [Fact]
    public void Assignment_Json_IsCanonical()
    {
        var assignment = Assignment.FromJson("""{ "a": 6.0e4, "b": { "y": 1.0, "x": [0.10] }, "c": null }""");

        Assert.Equal("""{"a":60000,"b":{"x":[0.1],"y":1},"c":null}""", assignment.ToJson());
        Assert.Equal(assignment, Assignment.FromJson(assignment.ToJson()));
        Assert.NotEqual(assignment, Assignment.FromJson("""{ "a": 60000 }"""));
    }

    [Fact]
    public void Random_OfConditionalSpace_LeavesInactiveParametersOutAndProposesTheSameAgain()
    {
        var space = Spaces.Read(
            Optimizer,
            """{ "name": "momentum", "pointers": ["/training/optimizer/momentum"], "kind": "float", "low": 0.5, "high": 0.9, "when": { "parameter": "optimizer", "in": ["sgd"] } }""",
            """{ "name": "units", "pointers": ["/model/dense/0"], "kind": "int", "low": 8, "high": 32, "step": 8 }""");
        var searcher = new SearchMethod { Name = SearchMethodName.Random }.CreateSearcher(MetricGoal.Minimize);

        Assignment[] trials = [.. Enumerable.Range(0, 400).Select(number => searcher.Propose(space, [], number, 7)!)];

        Assert.All(trials, trial => Assert.Equal(trial["optimizer"]!.Value.GetString() == "sgd", trial["momentum"] is not null));
        Assert.Equal([8, 16, 24, 32], trials.Select(trial => trial["units"]!.Value.GetInt32()).Distinct().Order());
        Assert.All(trials.GroupBy(trial => trial["units"]!.Value.GetInt32()), group => Assert.InRange(group.Count(), 70, 130));
        Assert.Equal(trials, Enumerable.Range(0, 400).Select(number => searcher.Propose(space, [], number, 7)!));
        Assert.NotEqual(trials[0], searcher.Propose(space, [], 0, 8));
    }
}
