using System.Text.Json;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Xunit;

namespace Trainyard.Specs.Tests.Findings;

/// <summary>Each code of a finding with its documented arguments.</summary>
public sealed class SpecFindingCodeTests
{
    private const string Points = """ "data": { "dataset": "xor" } """;
    private const string Images = """ "data": { "dataset": "shapes" } """;
    private const string Mlp = """ "model": { "kind": "mlp" } """;

    /// <summary>For each code a document that provokes it, and its arguments.</summary>
    public static TheoryData<SpecFindingCode, string, string> Provoked => new()
    {
        { SpecFindingCode.MalformedJson, "{", """{"maximumDepth":32}""" },
        { SpecFindingCode.NotAnObject, "[]", "{}" },
        { SpecFindingCode.DuplicateMember, $$"""{ "seed": 1, "seed": 2, {{Points}}, {{Mlp}} }""", """{"member":"seed"}""" },
        {
            SpecFindingCode.UnknownMember, $$"""{ "sead": 1, {{Points}}, {{Mlp}} }""",
            """{"member":"sead","known":["version","name","experiment","seed","data","model","training"],"suggested":"seed"}"""
        },
        {
            SpecFindingCode.UnknownMember, $$"""{ "colour": 1, {{Points}}, {{Mlp}} }""",
            """{"member":"colour","known":["version","name","experiment","seed","data","model","training"],"suggested":null}"""
        },
        { SpecFindingCode.MissingObject, $$"""{ {{Mlp}} }""", """{"member":"data"}""" },
        {
            SpecFindingCode.MissingValue, $$"""{ {{Images}}, "model": { "kind": "cnn", "blocks": [{}] } }""",
            """{"member":"filters","allowed":{"kind":"integer","minimum":1,"maximum":4096,"nullable":false}}"""
        },
        { SpecFindingCode.MissingList, $$"""{ {{Images}}, "model": { "kind": "cnn" } }""", """{"member":"blocks","minimum":1,"maximum":64}""" },
        { SpecFindingCode.WrongList, $$"""{ {{Images}}, "model": { "kind": "mlp", "dense": 5 } }""", """{"member":"dense","minimum":0,"maximum":64}""" },
        {
            SpecFindingCode.WrongType, $$"""{ "seed": "one", {{Points}}, {{Mlp}} }""",
            """{"member":"seed","allowed":{"kind":"integer","minimum":0,"maximum":2147483647,"nullable":false},"suggested":1}"""
        },
        {
            SpecFindingCode.WrongType, $$"""{ {{Points}}, {{Mlp}}, "training": { "evaluateTest": 1 } }""",
            """{"member":"evaluateTest","allowed":{"kind":"boolean","nullable":false},"suggested":false}"""
        },
        { SpecFindingCode.WrongType, $$"""{ "name": 5, {{Points}}, {{Mlp}} }""", """{"member":"name","suggested":null}""" },
        { SpecFindingCode.NotAnInteger, $$"""{ "seed": 2.5, {{Points}}, {{Mlp}} }""", """{"member":"seed","suggested":2}""" },
        { SpecFindingCode.OutOfRange, $$"""{ {{Points}}, {{Mlp}}, "training": { "epochs": 0 } }""", """{"member":"epochs","suggested":1}""" },
        {
            SpecFindingCode.RoundsToLimit, Training("""{ "optimizer": { "name": "sgd", "learningRate": 1e-50 } }"""),
            """{"member":"learningRate","limit":0,"suggested":0.1}"""
        },
        {
            SpecFindingCode.RoundsToLimit, Training("""{ "optimizer": { "name": "momentum", "momentum": 0.99999999 } }"""),
            """{"member":"momentum","limit":1,"suggested":0.9}"""
        },
        {
            SpecFindingCode.NotAChoice, $$"""{ {{Points}}, {{Mlp}}, "training": { "device": "gpu" } }""",
            """{"member":"device","allowed":{"kind":"choice","choices":["cpu","cuda"],"nullable":false},"suggested":"cpu"}"""
        },
        {
            SpecFindingCode.WrongNumbers, $$"""{ {{Points}}, {{Mlp}}, "training": { "schedule": { "name": "multistep", "milestones": 3 } } }""",
            """{"member":"milestones","suggested":[5,8]}"""
        },
        { SpecFindingCode.WrongText, $$"""{ "name": "", {{Points}}, {{Mlp}} }""", """{"member":"name","length":0}""" },
        { SpecFindingCode.MissingTechnique, $$"""{ "data": {}, {{Mlp}} }""", """{"member":"dataset","kind":"dataset"}""" },
        { SpecFindingCode.NotATechnique, $$"""{ "data": { "dataset": 5 }, {{Mlp}} }""", """{"kind":"dataset"}""" },
        { SpecFindingCode.MissingTechniqueName, $$"""{ "data": { "dataset": {} }, {{Mlp}} }""", """{"kind":"dataset"}""" },
        {
            SpecFindingCode.UnknownTechnique, $$"""{ {{Points}}, {{Mlp}}, "training": { "weightDecay": "l3" } }""",
            """{"kind":"weight_decay","names":["none","l2","decoupled","l1"],"suggested":"l2","parameters":null,"beside":null}"""
        },
        {
            SpecFindingCode.UnknownTechnique, $$"""{ {{Points}}, {{Mlp}}, "training": { "optimizer": "gd" } }""",
            """{"kind":"optimizer","suggested":"sgd","parameters":null,"beside":{"batchSize":"full"}}"""
        },
        { SpecFindingCode.EvenKernel, $$"""{ {{Images}}, "model": { "kind": "cnn", "blocks": [{ "filters": 4, "kernel": 4 }] } }""", """{"kernel":4,"suggested":5}""" },
        { SpecFindingCode.NestedTooDeep, Layers(Nested(5)), """{"maximum":4}""" },
        { SpecFindingCode.CnnNeedsImages, $$"""{ {{Points}}, "model": { "kind": "cnn", "blocks": [{ "filters": 4 }] } }""", """{"dataset":"xor"}""" },
        {
            SpecFindingCode.AugmentationNeedsImages, $$"""{ "data": { "dataset": "xor", "augmentation": { "flip": true } }, {{Mlp}} }""", """{"dataset":"xor"}"""
        },
        { SpecFindingCode.FeaturesNeedPoints, $$"""{ "data": { "dataset": "mnist", "features": { "x1X2": true } }, {{Mlp}} }""", """{"dataset":"mnist"}""" },
        { SpecFindingCode.NoFeatures, $$"""{ "data": { "dataset": "xor", "features": { "x1": false, "x2": false } }, {{Mlp}} }""", "{}" },
        {
            SpecFindingCode.UnusedMember, $$"""{ {{Images}}, "model": { "kind": "mlp", "preset": "lenet" } }""",
            """{"member":"preset","kind":"mlp","neededKind":"preset"}"""
        },
        {
            SpecFindingCode.UnusedDense, $$"""{ {{Images}}, "model": { "kind": "preset", "preset": "lenet", "dense": [10, 20] } }""",
            """{"kind":"preset","count":2}"""
        },
        {
            SpecFindingCode.TooManyParameters, $$"""{ {{Images}}, "model": { "kind": "mlp", "dense": [16384, 16384] } }""",
            """{"parameters":318963722,"maximum":200000000,"layer":"dense2","layerParameters":268451840}"""
        },
        {
            SpecFindingCode.MuchMemory,
            """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 256 }] }, "training": { "batchSize": 8192 } }""",
            """{"suggested":2048}"""
        },
        {
            SpecFindingCode.TooMuchMemory,
            """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 4096, "pool": "none" }] }, "training": { "batchSize": 65536 } }""",
            """{"maximumBytes":1099511627776,"suggested":10911}"""
        },
        {
            SpecFindingCode.TooLong,
            """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "cnn", "blocks": [{ "filters": 2048, "convolutions": 2 }] }, "training": { "epochs": 10000, "batchSize": 1 } }""",
            """{"limitSeconds":604800}"""
        },
        {
            SpecFindingCode.ValidationFractionIgnored, $$"""{ "data": { "dataset": "xor", "validationFraction": 0.2, "validationCount": 50 }, {{Mlp}} }""",
            """{"fraction":0.2,"count":50}"""
        },
        { SpecFindingCode.LabelNoiseAtChance, $$"""{ "data": { "dataset": "xor", "labelNoise": 0.5 }, {{Mlp}} }""", """{"noise":0.5,"classes":2,"limit":0.5,"suggested":0.25}""" },
        {
            SpecFindingCode.SplitTooSmall, $$"""{ "data": { "dataset": "shapes", "validationCount": 2 }, {{Mlp}} }""",
            """{"train":9998,"validation":2,"classes":10}"""
        },
        { SpecFindingCode.FullBatch, $$"""{ {{Points}}, {{Mlp}}, "training": { "batchSize": 1000 } }""", """{"trainSamples":360}""" },
        {
            SpecFindingCode.HeWithBoundedActivation, $$"""{ {{Points}}, "model": { "kind": "mlp", "dense": [4], "activation": "tanh", "initialization": "he" } }""",
            """{"activation":"tanh"}"""
        },
        {
            SpecFindingCode.AdamwWithCoupledDecay, $$"""{ {{Points}}, {{Mlp}}, "training": { "optimizer": "adamw", "weightDecay": "l1" } }""",
            """{"weightDecay":"l1"}"""
        },
        {
            SpecFindingCode.L2WithAdaptiveOptimizer, $$"""{ {{Points}}, {{Mlp}}, "training": { "optimizer": "adam", "weightDecay": "l2" } }""",
            """{"optimizer":"adam"}"""
        },
        {
            SpecFindingCode.L2WithAdaptiveOptimizer, $$"""{ {{Points}}, {{Mlp}}, "training": { "optimizer": "lion", "weightDecay": "l2" } }""",
            """{"optimizer":"lion"}"""
        },
        {
            SpecFindingCode.L2WithAdaptiveOptimizer, $$"""{ {{Points}}, {{Mlp}}, "training": { "optimizer": "muon", "weightDecay": "l2" } }""",
            """{"optimizer":"muon"}"""
        },
        {
            SpecFindingCode.NoEffect, $$"""{ {{Points}}, "model": { "kind": "mlp", "dropout": { "conv": 0.5 } } }""",
            """{"member":"dropout/conv","kind":"mlp"}"""
        },
        {
            SpecFindingCode.BatchNormOfOneValue,
            $$"""{ {{Points}}, "model": { "kind": "mlp", "dense": [4, 4], "batchNorm": true }, "training": { "batchSize": 1 } }""",
            """{"layers":["batch_norm1","batch_norm2"]}"""
        },
        {
            SpecFindingCode.WarmupTooLong, $$"""{ {{Points}}, {{Mlp}}, "training": { "epochs": 5, "schedule": { "name": "cosine", "warmup": 5 } } }""",
            """{"warmup":5,"epochs":5,"suggested":0.5}"""
        },
        {
            SpecFindingCode.LearningRateVanishes, Training("""{ "epochs": 10, "schedule": { "name": "multistep", "milestones": [2], "factor": 1e-6 } }"""),
            """{"schedule":"multistep","epoch":2,"epochs":10,"factor":1E-06}"""
        },
        {
            SpecFindingCode.ReductionAfterEnd, Training("""{ "epochs": 8, "schedule": { "name": "multistep", "milestones": [4, 7, 8], "warmup": 1 } }"""),
            """{"member":"milestones","beyond":[7,8],"warmup":1,"epochs":8,"suggested":[3.5,5.25]}"""
        },
        {
            SpecFindingCode.ReductionAfterEnd, Training("""{ "epochs": 9, "schedule": { "name": "step", "every": 10 } }"""),
            """{"member":"every","beyond":[10],"warmup":0,"epochs":9,"suggested":3}"""
        },
        {
            SpecFindingCode.PatienceTooLong, Training("""{ "epochs": 10, "earlyStopping": { "patience": 9 } }"""),
            """{"of":"early_stopping","patience":9,"epochs":10,"suggested":2}"""
        },
        {
            SpecFindingCode.PatienceTooLong, Training("""{ "epochs": 10, "schedule": { "name": "plateau", "patience": 8 } }"""),
            """{"of":"plateau","patience":8,"epochs":10,"suggested":1}"""
        },
        { SpecFindingCode.PatienceTooLong, Training("""{ "epochs": 2, "earlyStopping": { "patience": 1 } }"""), """{"suggested":null}""" },
        {
            SpecFindingCode.DecayDiverges,
            Training("""{ "optimizer": { "name": "adam", "learningRate": 0.01 }, "weightDecay": { "name": "decoupled", "form": "paper", "strength": 3 } }"""),
            """{"strength":3,"factor":-2,"learningRate":0.01,"limit":2,"suggested":0.0001}"""
        },
        {
            SpecFindingCode.DecayErasesWeights, Training("""{ "optimizer": { "name": "sgd", "learningRate": 0.5 }, "weightDecay": { "name": "l2", "strength": 1 } }"""),
            """{"strength":1,"share":0.5,"amount":null,"updates":7,"suggested":0.0005}"""
        },
        {
            SpecFindingCode.DecayErasesWeights, Training("""{ "optimizer": { "name": "sgd", "learningRate": 0.5 }, "weightDecay": { "name": "l1", "strength": 1 } }"""),
            """{"strength":1,"share":null,"amount":0.5,"updates":null,"suggested":1E-05}"""
        },
        { SpecFindingCode.LayerNeedsImages, Layers("""{ "kind": "flatten" }, { "kind": "pool" }"""), """{"layer":"pool1","kind":"pool","input":[3072]}""" },
        { SpecFindingCode.DenseNeedsVector, Layers("""{ "kind": "dense", "units": 5 }"""), """{"layer":"dense1","input":[3,32,32]}""" },
        {
            SpecFindingCode.FilterTooLarge, Layers("""{ "kind": "pool", "size": 8 }, { "kind": "conv", "filters": 4, "kernel": 7, "padding": 0 }"""),
            """{"layer":"conv1","kernel":7,"reach":7,"maximum":4,"height":4,"width":4,"padding":0}"""
        },
        {
            SpecFindingCode.NothingToPool, Layers("""{ "kind": "pool", "size": 8 }, { "kind": "pool", "size": 5 }"""),
            """{"layer":"pool2","pool":"max","size":5,"height":4,"width":4}"""
        },
        {
            SpecFindingCode.IncompleteMaxoutGroup,
            Layers("""{ "kind": "conv", "filters": 5 }, { "kind": "activation", "activation": { "name": "maxout", "pieces": 2 } }"""),
            """{"layer":"activation1","channels":5,"pieces":2}"""
        },
        {
            SpecFindingCode.ResidualChangesShape, Layers("""{ "kind": "residual", "layers": [{ "kind": "conv", "filters": 5 }] }"""),
            """{"layer":"residual1","input":[3,32,32],"output":[5,32,32]}"""
        },
        {
            SpecFindingCode.OutputTooLarge,
            Layers(string.Join(", ", Enumerable.Repeat(Wider(1), 16).Append(Wider(4096)))),
            """{"layer":"conv17","output":[4096,270,270],"maximum":268435456}"""
        },
    };

    [Theory]
    [MemberData(nameof(Provoked))]
    public void Finding_Provoked_HasItsCodeAndArguments(SpecFindingCode code, string document, string arguments)
    {
        var finding = SpecDocument.Read(document).Findings.First(finding => finding.Code == code);

        using var expected = JsonDocument.Parse(arguments);
        Assert.All(expected.RootElement.EnumerateObject(), argument => AssertHas(argument.Value, finding.Arguments[argument.Name]));
        Assert.All([finding.Message, finding.Allowed, finding.Fix], sentence =>
        {
            Assert.NotEmpty(sentence);
            Assert.DoesNotContain("  ", sentence, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(2, true, false)]
    public void BatchNorm_OfFeatureMaps_IsReportedOnlyForOneValue(int batchSize, bool pooled, bool found)
    {
        var layers = pooled
            ? """{ "kind": "pool", "size": 8 }, { "kind": "pool", "size": 4 }, { "kind": "residual", "layers": [{ "kind": "batch_norm" }] }"""
            : """{ "kind": "batch_norm" }, { "kind": "pool", "size": 8 }, { "kind": "pool", "size": 4 }""";
        var reading = SpecDocument.Read(
            $$"""{ {{Images}}, "model": { "kind": "layers", "layers": [{{layers}}, { "kind": "flatten" }] }, "training": { "batchSize": {{batchSize}} } }""");

        Assert.True(reading.IsValid);
        Assert.Equal(found, reading.Findings.Any(finding => finding.Code == SpecFindingCode.BatchNormOfOneValue));
    }

    [Fact]
    public void Codes_All_AreCoveredByADocumentOrAFork()
    {
        // Findings about forks and other documents, about measured speeds, and about the installation.
        SpecFindingCode[] elsewhere =
        [
            SpecFindingCode.UnknownPath, SpecFindingCode.WeightsDoNotFit, SpecFindingCode.MissingMember, SpecFindingCode.PastTime, SpecFindingCode.LongerThanLimit,
            SpecFindingCode.NoWorkerForDevice,

            // Of search spaces: tests/Studies.Tests.
            SpecFindingCode.NotAPointer, SpecFindingCode.RepeatedValue, SpecFindingCode.EmptyRange, SpecFindingCode.LogOfNonPositive, SpecFindingCode.LogWithStep,
            SpecFindingCode.UnusedByParameter, SpecFindingCode.UnknownParameter, SpecFindingCode.ConditionNeverMet, SpecFindingCode.GridNeedsPoints,
            SpecFindingCode.TestDuringSelection, SpecFindingCode.NotVaried, SpecFindingCode.UnusedByMethod, SpecFindingCode.StoppingAfterEnd, SpecFindingCode.NothingPromoted,
            SpecFindingCode.StoppingNeedsTrials, SpecFindingCode.OnlyStartupTrials, SpecFindingCode.ParallelismUnused, SpecFindingCode.BudgetTooSmall,

            // Of labs: LabCatalogTests.
            SpecFindingCode.InvalidExpression, SpecFindingCode.UnknownVariable, SpecFindingCode.NotFinite, SpecFindingCode.WrongGrid,
        ];

        Assert.Equal(Enum.GetValues<SpecFindingCode>(), Provoked.Select(row => row.Data.Item1).Concat(elsewhere).Distinct().Order());
    }

    [Fact]
    public void Change_OfUnknownPath_HasACode()
    {
        var spec = SpecDocument.Read(SpecDocument.Cnn).Spec!;
        var finding = Assert.Single(SpecChanges.Apply(spec, [new SpecChange { Path = "/nowhere/at/all", Value = null }]).Findings);
        Assert.Equal((SpecFindingCode.UnknownPath, "/nowhere/at/all"), (finding.Code, finding.Pointer));
    }

    [Fact]
    public void WeightsThatDoNotFit_Text_NamesTheExpectedLayer()
    {
        var expected = new LayerFit { Name = "dense1", Kind = "dense", Input = [784], Output = [100], Parameters = 78_500 };
        var finding = SpecFinding.Error("/model", null, SpecFindingCode.WeightsDoNotFit, ("layer", null), ("expected", expected));
        Assert.Equal("dense1: dense, 784 to 100, 78,500 parameters", finding.Allowed);
        Assert.Equal(78_500, finding.Arguments["expected"].GetProperty("parameters").GetInt64());
    }

    private static void AssertHas(JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind == JsonValueKind.Object)
        {
            Assert.All(expected.EnumerateObject(), member => AssertHas(member.Value, actual.GetProperty(member.Name)));
            return;
        }

        Assert.Equal(expected.GetRawText(), actual.GetRawText());
    }

    private static string Training(string training) => $$"""{ {{Points}}, {{Mlp}}, "training": {{training}} }""";

    private static string Layers(string layers) => $$"""{ {{Images}}, "model": { "kind": "layers", "layers": [{{layers}}] } }""";

    private static string Wider(int filters) => $$"""{ "kind": "conv", "filters": {{filters}}, "kernel": 1, "padding": 7 }""";

    private static string Nested(int levels) => levels == 0
        ? """{ "kind": "activation" }"""
        : $$"""{ "kind": "residual", "layers": [{{Nested(levels - 1)}}] }""";
}
