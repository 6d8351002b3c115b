using System.Text.Json;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;
using Xunit;

namespace Trainyard.Specs.Tests.Events.Diagnosis;

public sealed class FindingTextTests
{
    public static TheoryData<string, string, string> Sentences => new()
    {
        {
            DiagnosisRules.VanishingGradient, """{ "first": "dense1", "last": "output", "ratio": 0.00002, "perLayer": 0.25 }""",
            "The norm of the gradient with respect to the output of dense1 is 2e-5 of that of output: it is multiplied by 0.25 per layer in the backward pass, so the first layers hardly learn."
        },
        {
            DiagnosisRules.ExplodingGradient, """{ "first": "dense1", "last": "output", "ratio": 1200, "perLayer": 3 }""",
            "The norm of the gradient with respect to the output of dense1 is 1.2e3 times that of output: it grows by a factor of 3.0 per layer in the backward pass."
        },
        {
            DiagnosisRules.DeadRelu, """{ "layer": "activation1", "share": 0.9, "meanShare": 0.5 }""",
            "90% of the units of activation1 are 0 for every observed sample (50% over all ReLU layers), so no gradient reaches them."
        },
        {
            DiagnosisRules.SaturatedUnits, """{ "layer": "activation1", "share": 0.9 }""",
            "90% of the outputs of activation1 are saturated: so close to a bound of the activation that hardly any gradient passes."
        },
        {
            DiagnosisRules.SymmetricInitialization, """{ "layers": ["dense1", "output"] }""",
            "The weights of dense1, output are all equal (standard deviation 0), so the units of a layer cannot become different: the network learns no more than with one unit per layer."
        },
        {
            DiagnosisRules.WeightDecayTooStrong, """{ "reason": "weights_grow", "factor": -2, "ratio": null, "strength": 3 }""",
            "Training makes the network worse: weight decay of strength 3 alone multiplies the weights by -2 in each update."
        },
        {
            DiagnosisRules.WeightDecayTooStrong, """{ "reason": "weights_vanish", "factor": null, "ratio": 0.0004, "strength": 1 }""",
            "The norm of the weights is 0.0004 of that of the initial ones: weight decay of strength 1 takes more from them than they learn."
        },
        {
            DiagnosisRules.LearningRateTooHigh, """{ "reason": "worse_than_untrained", "epoch": 2, "from": 0.7, "to": 12.5, "learningRate": 2 }""",
            "Training makes the network worse: the mean training loss of epoch 2 is 12.5, but that of the first step was 0.7. The learning rate of 2 is too high."
        },
        {
            DiagnosisRules.LearningRateTooHigh, """{ "reason": "loss_rose", "epoch": 2, "from": 0.7, "to": 1.25, "learningRate": 2 }""",
            "Training makes the network worse: the training loss rose from 0.7 to 1.25. The learning rate of 2 is too high."
        },
        {
            DiagnosisRules.LearningRateTooLow,
            """{ "largestUpdateRatio": 0.000003, "healthyUpdateRatio": 0.001, "epochs": 3, "firstLoss": 0.7, "loss": 0.69, "learningRate": 0.00001 }""",
            "No update changes the weights of a layer by more than 3e-6 of their norm (about 0.001 is typical), and after 3 epochs the training loss is still 0.69, from 0.7 at the start: the learning rate of 1e-5 is too low."
        },
        {
            DiagnosisRules.Overfitting,
            """
            { "epoch": 4, "risePercent": 12.4, "lowestLoss": 0.5, "loss": 0.562, "trainLossThen": 0.4, "trainLoss": 0.1, "trainAccuracy": 0.99, "validationAccuracy": 0.8 }
            """,
            "Since epoch 4 the validation loss rose by 12% (from 0.5 to 0.562) while the training loss fell from 0.4 to 0.1; accuracy is 99.0% on training samples and 80.0% on validation samples."
        },
        {
            DiagnosisRules.Underfitting, """{ "trainAccuracy": 0.5, "chance": 0.5, "epochs": 5, "fall": 0.01, "stuck": true }""",
            "The training accuracy is only 50.0% (guessing: 50.0%), and over the last 5 epochs the training loss fell by 1.0%: the network has too little capacity, or is not optimized well."
        },
        {
            DiagnosisRules.Diverged, """{ "what": "gradient", "step": 12, "epoch": 1, "lastLoss": 2, "lastStep": 11, "learningRate": 1, "decayFactor": -2 }""",
            "The gradient became NaN or infinite by step 12 in epoch 1; the last finite loss was 2 after step 11. Weight decay alone multiplies the weights by -2 in each update."
        },
        {
            DiagnosisRules.Diverged, """{ "what": "loss", "step": 12, "epoch": 1, "lastLoss": 1234.5, "lastStep": 11, "learningRate": 100, "decayFactor": null }""",
            "The loss became NaN or infinite by step 12 in epoch 1; the last finite loss was 1234 after step 11. The learning rate is 100."
        },
        {
            DiagnosisRules.Diverged, """{ "what": "loss", "step": 1, "epoch": 1, "lastLoss": null, "lastStep": null, "learningRate": 100, "decayFactor": null }""",
            "The loss became NaN or infinite by step 1 in epoch 1; no earlier loss was finite. The learning rate is 100."
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void From_RuleAndArguments_IsThisText(string rule, string arguments, string sentence) =>
        Assert.Equal(sentence, FindingText.From(rule, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments, SpecJson.Options)!));

    [Fact]
    public void Rules_All_HaveAText() => Assert.Equal(DiagnosisRules.All, Sentences.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal));

    [Fact]
    public void Suggestions_All_HaveAText() => Assert.All(
        Enum.GetValues<SuggestionCode>(),
        code => Assert.EndsWith(".", Suggestion.Create(code, [], ("learningRate", 0.01), ("factor", 100.0), ("epochs", 7), ("strength", 0.01)).Message, StringComparison.Ordinal));

    [Fact]
    public void Suggestion_WithNumbers_HasThemInItsText()
    {
        var suggestion = Suggestion.Create(SuggestionCode.SmallerLearningRate, [], ("learningRate", 0.005));
        Assert.Equal("Use a learning rate of 0.005.", suggestion.Message);
        Assert.Equal(0.005, suggestion.Arguments["learningRate"].GetDouble());
    }

    [Fact]
    public void Argument_NotFinite_IsNull() => Assert.Equal(JsonValueKind.Null, MessageArguments.From(("x", double.PositiveInfinity))["x"].ValueKind);
}
