using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Xunit;

namespace Trainyard.Specs.Tests.Planning;

/// <summary>The effect of weight decay, against a simulation of the update rules on a weight without a gradient from the loss.</summary>
public sealed class WeightDecayEffectTests
{
    public static TheoryData<string, double, double> Rules()
    {
        var rows = new TheoryData<string, double, double>();
        foreach (var rule in (string[])["sgd", "momentum", "nesterov"])
        {
            foreach (var momentum in rule == "sgd" ? [0] : (double[])[0, 0.5, 0.9, 0.99])
            {
                foreach (var pull in (double[])[0.001, 0.2, 0.99, 1.01, 1.3, 1.34, 1.99, 2.01, 2.7, 3.01, 3.79, 3.81])
                {
                    rows.Add(rule, momentum, pull);
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void L2_OfPlainDescent_DivergesWhereTheSimulationDoes(string rule, double momentum, double pull)
    {
        var optimizer = rule == "sgd" ? """{ "name": "sgd", "learningRate": 0.5 }""" : $$"""{ "name": "{{rule}}", "learningRate": 0.5, "momentum": {{momentum}} }""";
        var effect = Of(optimizer, $$"""{ "name": "l2", "strength": {{2 * pull}} }""")!;

        // u is the point where the gradient is taken.
        var (weight, velocity, largest) = (1.0, 0.0, 0.0);
        for (var step = 0; step < 20_000; step++)
        {
            var before = weight;
            velocity = (momentum * velocity) - (pull * before);
            weight += rule == "nesterov" ? (momentum * velocity) - (pull * before) : velocity;
            if (Math.Abs(weight) is > 1e100 or < 1e-100)
            {
                break;
            }

            largest = Math.Abs(weight);
        }

        Assert.Equal(largest > 1, effect.Diverges);
    }

    [Theory]
    [InlineData("sgd", "\"constant\"", 3.0, -2)]
    [InlineData("momentum", "\"constant\"", 3.0, -2)]
    [InlineData("adam", "\"constant\"", 3.0, -2)]
    [InlineData("muon", "\"constant\"", 3.0, -2)]
    [InlineData("lion", "{ \"name\": \"cosine\", \"warmup\": 2 }", 2.5, -1.5)]
    [InlineData("adamw", "\"one_cycle\"", 2.5, -1.5)]
    [InlineData("adam", "{ \"name\": \"multistep\", \"milestones\": [0], \"factor\": 0.5 }", 3.0, -0.5)]
    public void Decoupled_PaperForm_ScalesWithTheLargestFactorOfTheSchedule(string optimizer, string schedule, double strength, double factor)
    {
        var effect = Of($"\"{optimizer}\"", $$"""{ "name": "decoupled", "form": "paper", "strength": {{strength}} }""", schedule)!;

        // The peak of a one-cycle schedule lies between two steps.
        Assert.Equal(factor, effect.Factor, 0.01);
        Assert.Equal(factor <= -1, effect.Diverges);
    }

    [Fact]
    public void Decoupled_PytorchForm_ScalesWithTheLearningRate()
    {
        Assert.Equal(-1.5, Of("""{ "name": "muon", "learningRate": 0.5 }""", """{ "name": "decoupled", "strength": 5 }""")!.Factor, 1e-12);
        Assert.True(Of("\"adadelta\"", """{ "name": "decoupled", "strength": 3 }""")!.Diverges);
        Assert.False(Of("\"adam\"", """{ "name": "decoupled", "strength": 10 }""")!.Erases);
    }

    [Theory]
    [InlineData("\"adam\"", "{ \"name\": \"l2\", \"strength\": 10 }")]
    [InlineData("\"lion\"", "{ \"name\": \"l1\", \"strength\": 10 }")]
    [InlineData("\"sgd\"", "\"none\"")]
    [InlineData("\"sgd\"", "{ \"name\": \"l2\", \"strength\": 0 }")]
    public void Penalty_ThatTheOptimizerBounds_HasNoEffectByItself(string optimizer, string decay) => Assert.Null(Of(optimizer, decay));

    [Fact]
    public void Suggestion_OfEveryStrength_LeavesTheWeightsStanding()
    {
        foreach (var decay in (string[])["\"l2\"", "\"l1\"", "\"decoupled\"", "\"decoupled\", \"form\": \"paper\""])
        {
            foreach (var optimizer in (string[])["""{ "name": "sgd", "learningRate": 100 }""", """{ "name": "momentum", "learningRate": 1, "momentum": 0.99 }""", "\"nesterov\""])
            {
                var suggested = Of(optimizer, $$"""{ "name": {{decay}}, "strength": 10 }""")!.Suggested;
                var effect = Of(optimizer, $$"""{ "name": {{decay}}, "strength": {{suggested}} }""")!;
                Assert.False(effect.Diverges || effect.Erases, $"{optimizer}, {decay}: {suggested} is {effect}");
            }
        }
    }

    [Fact]
    public void Defaults_OfEveryOptimizerAndDecay_AreNotWarnedOf()
    {
        foreach (var optimizer in TechniqueCatalog.OfKind(TechniqueKind.Optimizer).Select(technique => technique.Name))
        {
            foreach (var decay in (string[])["l2", "l1", "decoupled"])
            {
                var reading = SpecDocument.Read(
                    $$"""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": { "optimizer": "{{optimizer}}", "weightDecay": "{{decay}}" } }""");
                Assert.DoesNotContain(reading.Findings, finding => finding.Code is SpecFindingCode.DecayDiverges or SpecFindingCode.DecayErasesWeights);
            }
        }
    }

    private static WeightDecayEffect? Of(string optimizer, string decay, string schedule = "\"constant\"") => WeightDecayEffect.Of(SpecDocument.Read(
        $$"""
        { "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": { "epochs": 10, "optimizer": {{optimizer}}, "weightDecay": {{decay}}, "schedule": {{schedule}} } }
        """).Spec!);
}
