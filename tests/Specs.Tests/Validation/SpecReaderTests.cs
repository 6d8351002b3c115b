using System.Text.Json.Nodes;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Xunit;

namespace Trainyard.Specs.Tests.Validation;

public sealed class SpecReaderTests
{
    [Fact]
    public void Read_ValidCnn_FillsEveryDefault()
    {
        var reading = SpecDocument.Read(SpecDocument.Cnn);

        Assert.True(reading.IsValid);
        Assert.Empty(reading.Findings);
        var spec = reading.Spec;
        Assert.Equal("default", spec.Experiment);
        Assert.Equal(0.1, spec.Data.ValidationFraction);
        Assert.Equal(Precision.Auto, spec.Training.Precision);
        Assert.Equal("relu", spec.Model.Activation.Name);
        Assert.Equal("fan_in", spec.Model.Initialization.Text("mode"));
        Assert.Equal(0.9, spec.Training.Optimizer.Number("momentum"));
        Assert.Equal(0.1, spec.Training.Optimizer.Number("learningRate"));
        Assert.Equal(0.0005, spec.Training.WeightDecay.Number("strength"));
        Assert.Equal(BatchNormPosition.Before, spec.Model.BatchNorm!.Position);
        Assert.Null(spec.Model.Blocks[0].Padding);
    }

    [Fact]
    public void Write_CanonicalJson_ReadsBackToTheSameText()
    {
        var spec = SpecDocument.Read(SpecDocument.Cnn).Spec!;
        var canonical = spec.ToJson();

        Assert.Equal(canonical, ExperimentSpec.FromJson(canonical).ToJson());
        Assert.Equal(canonical, SpecDocument.Read(canonical).Spec!.ToJson());
        Assert.Matches("^[0-9a-f]{64}$", spec.Sha256());
    }

    [Fact]
    public void Sha256_SpelledDifferently_IsTheSame()
    {
        var shorthand = SpecDocument.ReadChanged(spec => spec["model"]!["activation"] = "leaky_relu").Spec!;
        var spelled = SpecDocument.ReadChanged(spec =>
            spec["model"]!["activation"] = new JsonObject { ["slope"] = 0.01, ["name"] = "leaky_relu" }).Spec!;

        Assert.Equal(shorthand.Sha256(), spelled.Sha256());
    }

    [Theory]
    [InlineData("/data/labelNoise", "-0.0", "0")]
    [InlineData("/seed", "7.0", "7")]
    [InlineData("/seed", "0.7e1", "7")]
    [InlineData("/name", "\"\u1112\u1161\u11ab\u1100\u1173\u11af\"", "\"한글\"")]
    [InlineData("/experiment", "\" cafe\\u0301 \"", "\"café\"")]
    public void Sha256_SameValueWrittenDifferently_IsTheSame(string pointer, string one, string other) => Assert.Equal(
        SpecDocument.ReadChanged(spec => Set(spec, pointer, JsonNode.Parse(one))).Spec!.Sha256(),
        SpecDocument.ReadChanged(spec => Set(spec, pointer, JsonNode.Parse(other))).Spec!.Sha256());

    [Theory]
    [InlineData("🔥", 100, true)]
    [InlineData("🔥", 101, false)]
    [InlineData("한", 100, true)]
    [InlineData("한", 101, false)]
    public void Read_Name_IsMeasuredInCodePointsOfTheNormalizedText(string letter, int count, bool valid) => Assert.Equal(
        valid, SpecDocument.ReadChanged(spec => spec["name"] = string.Concat(Enumerable.Repeat(letter, count))).IsValid);

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("\uFEFF")]
    public void Read_EmptyDocument_SaysThatItIsEmpty(string document)
    {
        var reading = SpecDocument.Read(document);

        Assert.True(reading.Malformed);
        Assert.Equal("The document is not valid JSON: it is empty.", Assert.Single(reading.Findings).Message);
    }

    [Fact]
    public void Read_ManyProblems_FindsAllAtOnce()
    {
        var reading = SpecDocument.Read(
            """
            {
              "seed": -1,
              "colour": "red",
              "data": { "dataset": "fashion-mnits", "validationFraction": 2 },
              "model": { "kind": "cnn", "blocks": [ { "filters": "many" }, { "kernel": 2.5, "filters": 0 } ], "dense": [0], "dropout": 0.5 },
              "training": { "epochs": 0, "optimizer": { "name": "adam", "learning_rate": 0.1, "beta1": 1 }, "precision": "half" }
            }
            """);

        Assert.False(reading.IsValid);
        Assert.Equal(
            [
                "/seed", "/data/dataset", "/data/validationFraction", "/model/blocks/0/filters", "/model/blocks/1/filters", "/model/blocks/1/kernel",
                "/model/dense/0", "/model/dropout", "/training/epochs", "/training/optimizer/beta1", "/training/optimizer/learning_rate",
                "/training/precision", "/colour",
            ],
            reading.Findings.Select(finding => finding.Pointer));
        Assert.All(reading.Findings, finding =>
        {
            Assert.NotEmpty(finding.Message);
            Assert.NotEmpty(finding.Allowed);
            Assert.NotEmpty(finding.Fix);
            Assert.NotNull(finding.Found);
        });
    }

    [Theory]
    [InlineData("/training/optimizer/learningRate", "-0.5", "a number greater than 0 and at most 100", "Write 0.05.")]
    [InlineData("/training/optimizer/learningRate", "1000", "a number greater than 0 and at most 100", "Write 100.")]
    [InlineData("/training/optimizer/learning_rate", "0.1", "name, learningRate, momentum, form", "Rename it to \"learningRate\", or remove it.")]
    [InlineData("/training/optimizer/name", "\"momentun\"", null, "Write \"momentum\".")]
    [InlineData("/training/epochs", "1e400", "an integer between 1 and 10,000", "Write 10000.")]
    [InlineData("/training/epochs", "2.4", "an integer between 1 and 10,000", "Write 2.")]
    [InlineData("/training/epochs", "null", "an integer between 1 and 10,000", "Write 5.")]
    [InlineData("/training/timeLimitSeconds", "0", "a number greater than 0 and at most 604,800, or null", "Write 302400.")]
    [InlineData("/training/device", "\"gpu\"", "\"cpu\" | \"cuda\"", "Write \"cpu\".")]
    [InlineData("/data/trainLimit", "\"300\"", "an integer between 10 and 10,000,000, or null", null)]
    [InlineData("/version", "2", "1", "Write 1.")]
    [InlineData("/name", "\"\"", "a string of 1 to 100 characters on one line", null)]
    public void Read_OneBadMember_NamesFoundAllowedAndFix(string pointer, string found, string? allowed, string? fix)
    {
        var reading = SpecDocument.ReadChanged(spec => Set(spec, pointer, found == "1e400" ? null : JsonNode.Parse(found)));
        if (found == "1e400")
        {
            // A number too large for a double can only be written as text.
            reading = SpecDocument.Read(SpecDocument.Cnn.Replace("\"training\": {", "\"training\": { \"epochs\": 1e400,", StringComparison.Ordinal));
        }

        var finding = Assert.Single(reading.Findings);
        Assert.Equal(pointer, finding.Pointer);
        Assert.Equal(found, finding.Found);
        Assert.Equal(allowed ?? finding.Allowed, finding.Allowed);
        Assert.Equal(fix ?? finding.Fix, finding.Fix);
    }

    [Theory]
    [InlineData("/training/epochs", "0", "Must be between 1 and 10,000.")]
    [InlineData("/training/epochs", "2.5", "Must be an integer between 1 and 10,000.")]
    [InlineData("/training/labelSmoothing", "1", "Must be at least 0 and less than 1.")]
    [InlineData("/training/device", "\"gpu\"", "Must be one of \"cpu\" | \"cuda\".")]
    [InlineData("/training/observe", "3", "/training/observe must be an object.")]
    [InlineData("/training/epoch", "3", "Unknown setting 'epoch'.")]
    [InlineData("/version", "2", "Must be 1.")]
    public void Read_OneBadMember_HasThisMessage(string pointer, string found, string message)
    {
        var finding = Assert.Single(SpecDocument.ReadChanged(spec => Set(spec, pointer, JsonNode.Parse(found))).Findings);
        Assert.Equal((pointer, message), (finding.Pointer, finding.Message));
    }

    [Theory]
    [InlineData("/data/augmentation", false)]
    [InlineData("/model/batchNorm", false)]
    [InlineData("/training/earlyStopping", false)]
    [InlineData("/training/observe", true)]
    public void Read_OptionalSettings_AreOffForFalseNullAndOff(string pointer, bool isOn)
    {
        Assert.All(["false", "null", "\"off\""], value => Assert.False(IsOn(value)));
        Assert.All(["true", "{}"], value => Assert.True(IsOn(value)));
        Assert.Equal(isOn, IsOn(null));

        bool IsOn(string? value)
        {
            var spec = SpecDocument.ReadChanged(document =>
            {
                var parent = document[pointer.Split('/')[1]]!.AsObject();
                parent.Remove(pointer.Split('/')[2]);
                if (value is not null)
                {
                    parent[pointer.Split('/')[2]] = JsonNode.Parse(value);
                }
            }).Spec!;
            return JsonNode.Parse(spec.ToJson())![pointer.Split('/')[1]]![pointer.Split('/')[2]] is not null;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"seed\": NaN}")]
    [InlineData("{\"seed\": 1,}")]
    [InlineData("{} {}")]
    public void Read_NotJson_IsMalformed(string text)
    {
        var reading = SpecDocument.Read(text);

        Assert.True(reading.Malformed);
        Assert.Single(reading.Findings);
    }

    [Fact]
    public void Read_DeepNesting_IsMalformed() =>
        Assert.True(SpecDocument.Read(string.Concat(Enumerable.Repeat("{\"data\":", 1000)) + "1" + new string('}', 1000)).Malformed);

    [Fact]
    public void Read_LoneSurrogate_IsRefusedWithoutException() =>
        Assert.False(SpecDocument.Read("""{ "name": "\ud800", "data": { "dataset": "\ud800" }, "model": { "kind": "mlp" } }""").IsValid);

    [Fact]
    public void Read_InvalidUtf8_IsRefusedWithoutException() =>
        Assert.False(SpecReader.Read(new byte[] { (byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}' }).IsValid);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    public void Read_NotAnObject_IsOneFinding(string json)
    {
        var finding = Assert.Single(SpecDocument.Read(json).Findings);

        Assert.Equal("", finding.Pointer);
    }

    [Fact]
    public void Read_EmptyObject_NamesWhatIsMissing() =>
        Assert.Equal(["/data", "/model"], SpecDocument.Read("{}").Findings.Select(finding => finding.Pointer));

    [Fact]
    public void Read_MemberTwice_IsAFinding()
    {
        var finding = Assert.Single(SpecDocument.Read(SpecDocument.Cnn.Replace("{\n  \"name\"", "{ \"name\": \"a\",\n  \"name\"", StringComparison.Ordinal)).Findings);

        Assert.Equal("/name", finding.Pointer);
    }

    [Fact]
    public void Read_TenThousandUnknownMembers_AnswersWithABoundedList()
    {
        var reading = SpecDocument.ReadChanged(spec =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                spec[$"member{i}"] = i;
            }
        });

        Assert.False(reading.IsValid);
        Assert.Equal(100, reading.Findings.Count);
    }

    [Fact]
    public void Read_PoolingBelowOnePixel_NamesTheBlock()
    {
        var reading = SpecDocument.ReadChanged(spec => spec["model"]!["blocks"] = new JsonArray(
            [.. Enumerable.Range(0, 6).Select(_ => new JsonObject { ["filters"] = 8 })]));

        var finding = Assert.Single(reading.Findings);
        Assert.Equal("/model/blocks/4/pool", finding.Pointer);
        Assert.Contains("1 x 1", finding.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CnnOnPoints_IsRefused()
    {
        var finding = Assert.Single(SpecDocument.ReadChanged(spec => spec["data"]!["dataset"] = "xor").Findings);

        Assert.Equal("/model/kind", finding.Pointer);
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("assignment")]
    [InlineData("resnet9")]
    public void Read_ConvolutionalPresetOnPoints_IsRefusedAtThePreset(string preset)
    {
        var finding = Assert.Single(SpecDocument.Read($$"""{ "data": { "dataset": "xor" }, "model": { "kind": "preset", "preset": "{{preset}}" } }""").Findings);
        Assert.Equal(("/model/preset", SpecFindingCode.CnnNeedsImages), (finding.Pointer, finding.Code));
    }

    [Theory]
    [InlineData("""{ "kind": "layers", "layers": [{ "kind": "flatten" }, { "kind": "dense", "units": 4 }], "batchNorm": true }""", "/model/batchNorm")]
    [InlineData("""{ "kind": "layers", "layers": [{ "kind": "flatten" }, { "kind": "dense", "units": 4 }], "dropout": { "dense": 0.5 } }""", "/model/dropout/dense")]
    [InlineData("""{ "kind": "preset", "preset": "perceptron", "dropout": { "dense": 0.5 } }""", "/model/dropout/dense")]
    [InlineData("""{ "kind": "preset", "preset": "fitnet4", "dropout": { "dense": 0.5 } }""", "/model/dropout/dense")]
    [InlineData("""{ "kind": "mlp", "dense": [], "batchNorm": true }""", "/model/batchNorm")]
    [InlineData("""{ "kind": "mlp", "dense": [], "activation": "tanh" }""", "/model/activation")]
    [InlineData("""{ "kind": "layers", "layers": [{ "kind": "flatten" }, { "kind": "dense", "units": 4 }], "activation": "tanh" }""", "/model/activation")]
    [InlineData("""{ "kind": "cnn", "blocks": [{ "filters": 4, "activation": "elu" }], "activation": "tanh" }""", "/model/activation")]
    [InlineData("""{ "kind": "cnn", "blocks": [{ "filters": 4, "activation": "elu" }, { "filters": 4 }], "activation": "tanh" }""", null)]
    [InlineData("""{ "kind": "mlp", "dense": [4], "activation": { "name": "elu", "alpha": 0.5 } }""", null)]
    [InlineData("""{ "kind": "preset", "preset": "resnet9", "activation": "tanh" }""", null)]
    [InlineData("""{ "kind": "preset", "preset": "resnet9", "dropout": { "conv": 0.1 } }""", "/model/dropout/conv")]
    [InlineData("""{ "kind": "preset", "preset": "lenet", "batchNorm": true, "dropout": { "conv": 0.1, "dense": 0.5 } }""", null)]
    [InlineData("""{ "kind": "preset", "preset": "resnet9", "batchNorm": true, "dropout": { "dense": 0.5 } }""", null)]
    public void Read_SettingThatNoLayerListensTo_WarnsOfIt(string model, string? pointer)
    {
        var reading = SpecDocument.Read($$"""{ "data": { "dataset": "shapes" }, "model": {{model}} }""");
        Assert.True(reading.IsValid);
        Assert.Equal(pointer, reading.Findings.SingleOrDefault(finding => finding.Code == SpecFindingCode.NoEffect)?.Pointer);
    }

    [Theory]
    [InlineData("""{ "kind": "mlp", "dense": [4], "activation": "sigmoid", "initialization": "he" }""", "sigmoid")]
    [InlineData("""{ "kind": "mlp", "dense": [4], "activation": "tanh", "initialization": "he", "batchNorm": true }""", "tanh")]
    [InlineData("""{ "kind": "mlp", "dense": [], "activation": "tanh", "initialization": "he" }""", null)]
    [InlineData("""{ "kind": "mlp", "dense": [4], "activation": "tanh", "initialization": "xavier" }""", null)]
    [InlineData("""{ "kind": "cnn", "blocks": [{ "filters": 4, "activation": "sigmoid" }], "dense": [], "initialization": "he" }""", "sigmoid")]
    [InlineData("""{ "kind": "cnn", "blocks": [{ "filters": 4, "activation": "relu" }], "dense": [], "activation": "tanh", "initialization": "he" }""", null)]
    [InlineData("""{ "kind": "cnn", "blocks": [{ "filters": 4, "initialization": "xavier" }], "dense": [], "activation": "tanh", "initialization": "he" }""", null)]
    [InlineData(
        """
        {
          "kind": "layers", "initialization": "he",
          "layers": [{ "kind": "flatten" }, { "kind": "dense", "units": 4 }, { "kind": "activation", "activation": "tanh" }]
        }
        """,
        "tanh")]
    public void Read_HeBeforeABoundedActivation_WarnsWhereOneFollows(string model, string? activation)
    {
        var reading = SpecDocument.Read($$"""{ "data": { "dataset": "shapes" }, "model": {{model}} }""");
        Assert.True(reading.IsValid);
        Assert.Equal(
            activation,
            reading.Findings.SingleOrDefault(finding => finding.Code == SpecFindingCode.HeWithBoundedActivation)?.Arguments?["activation"].GetString());
    }

    [Fact]
    public void Write_FullBatch_ReadsBackAsFullBatch()
    {
        var spec = SpecDocument.ReadChanged(document => document["training"]!["batchSize"] = "full").Spec!;
        Assert.Null(spec.Training.BatchSize);

        Assert.Null(SpecDocument.Read(spec.ToJson()).Spec!.Training.BatchSize);
    }

    [Fact]
    public void Read_BatchBeyondTheTrainingSamples_NeedsTheMemoryOfTheSamplesOnly()
    {
        const string Spec = """
            {
              "data": { "dataset": "cifar-10", "trainLimit": 300 }, "model": { "kind": "cnn", "blocks": [{ "filters": 64 }] }, "training": { "batchSize": 300 }
            }
            """;
        var (exact, beyond) = (SpecDocument.Read(Spec), SpecDocument.Read(Spec.Replace("\"batchSize\": 300", "\"batchSize\": \"full\"", StringComparison.Ordinal)));
        Assert.Equal(TrainingCost.MemoryBytes(exact.Spec!, exact.Plan!), TrainingCost.MemoryBytes(beyond.Spec!, beyond.Plan!));
        Assert.Empty(beyond.Findings);
    }

    [Theory]
    [InlineData("\"validationFraction\": 0.2", 800)]
    [InlineData("\"validationCount\": 300", 700)]
    [InlineData("\"validationCount\": 300, \"trainLimit\": 100", 100)]
    [InlineData("\"validationCount\": 300, \"trainLimit\": 5000", 700)]
    public void LearnedSamples_AreWhatTheSplitAndTheLimitLeave(string split, int samples)
    {
        var spec = SpecDocument.Read($$"""{ "data": { "dataset": { "name": "moons", "trainSamples": 1000 }, {{split}} }, "model": { "kind": "mlp" } }""").Spec!;
        Assert.Equal(samples, spec.Data.LearnedSamples(1000));
    }

    [Fact]
    public void Read_LayerList_PlansResidualLayersAndNamesTheBrokenOne()
    {
        const string Layers =
            """
            {
              "data": { "dataset": "shapes" },
              "model": {
                "kind": "layers",
                "layers": [
                  { "kind": "conv", "filters": 8 },
                  { "kind": "residual", "layers": [ { "kind": "conv", "filters": FILTERS }, { "kind": "activation" } ] },
                  { "kind": "global_pool" }
                ]
              }
            }
            """;

        var good = SpecDocument.Read(Layers.Replace("FILTERS", "8", StringComparison.Ordinal));
        var bad = SpecDocument.Read(Layers.Replace("FILTERS", "9", StringComparison.Ordinal));

        Assert.Equal(["conv1", "residual1", "global_pool1", "output"], good.Plan!.Layers.Select(layer => layer.Name));
        Assert.Equal(["residual1.conv2", "residual1.activation1"], good.Plan.Layers[1].Inner.Select(layer => layer.Name));
        Assert.Equal((8 * 8 * 9) + 8, good.Plan.Layers[1].Parameters);
        Assert.Equal("/model/layers/1/layers", Assert.Single(bad.Findings).Pointer);
    }

    [Theory]
    [InlineData("perceptron", 7_850)]
    [InlineData("mlp-5x100", 78_500 + (4 * 10_100) + 1_010)]
    [InlineData("lenet", 156 + 2_416 + 48_120 + 10_164 + 850)]
    public void Read_Preset_HasThePublishedParameterCount(string preset, int parameters)
    {
        var reading = SpecDocument.Read($$"""{ "data": { "dataset": "fashion-mnist" }, "model": { "kind": "preset", "preset": "{{preset}}" } }""");

        Assert.Equal(parameters, reading.Plan!.Parameters);
    }

    [Theory]
    [InlineData("assignment", 7)]
    [InlineData("fitnet4", 17)]
    [InlineData("resnet9", 8)]
    public void Read_DeepPreset_HasSoManyConvolutions(string preset, int convolutions)
    {
        var reading = SpecDocument.Read(
            $$"""{ "data": { "dataset": "cifar-10" }, "model": { "kind": "preset", "preset": "{{preset}}", "batchNorm": true, "activation": "maxout" } }""");

        Assert.Equal(convolutions, LayerTable.Rows(reading.Plan!).Count(row => row.Kind == "conv"));
    }

    [Fact]
    public void Read_MemberOfAnotherKindOfModel_IsRefused()
    {
        var reading = SpecDocument.ReadChanged(spec => spec["model"]!["preset"] = "lenet");

        Assert.Equal("/model/preset", Assert.Single(reading.Findings).Pointer);
    }

    [Fact]
    public void Read_EvenFilterWithSamePadding_IsRefused()
    {
        var reading = SpecDocument.ReadChanged(spec => spec["model"]!["blocks"]![1]!["kernel"] = 4);

        Assert.Equal("/model/blocks/1/kernel", Assert.Single(reading.Findings).Pointer);
    }

    [Fact]
    public void Read_GiganticNetwork_IsRefused()
    {
        var reading = SpecDocument.ReadChanged(spec => spec["model"]!["dense"] = new JsonArray(16_384, 16_384));

        Assert.Equal(SpecFindingCode.TooManyParameters, Assert.Single(reading.Findings).Code);
    }

    [Theory]
    [InlineData("""{ "optimizer": "adamw" }""", "decoupled")]
    [InlineData("""{ "optimizer": { "name": "adamw", "learningRate": 0.01 }, "weightDecay": "none" }""", "none")]
    [InlineData("""{ "optimizer": "adam" }""", "none")]
    public void Read_Adamw_HasItsDefaultDecayUnlessTheSpecSetsIt(string training, string decay)
    {
        var reading = SpecDocument.Read($$"""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": {{training}} }""");
        Assert.Equal(decay, reading.Spec!.Training.WeightDecay.Name);
    }

    [Fact]
    public void Read_DoubtfulCombination_WarnsAndAccepts()
    {
        var reading = SpecDocument.ReadChanged(spec =>
        {
            spec["model"]!["activation"] = "sigmoid";
            spec["training"]!["optimizer"] = "adam";
        });

        Assert.True(reading.IsValid);
        Assert.Equal(["/model/initialization", "/training/weightDecay"], reading.Findings.Select(finding => finding.Pointer));
        Assert.All(reading.Findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
    }

    [Fact]
    public void Read_Examples_AreValidWithoutFindings()
    {
        var examples = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "examples"), "*.json");

        Assert.NotEmpty(examples);
        Assert.All(examples, path => Assert.Empty(SpecReader.Read(File.ReadAllBytes(path)).Findings));
    }

    private static void Set(JsonObject root, string pointer, JsonNode? value)
    {
        var tokens = pointer.Split('/')[1..];
        var node = tokens[..^1].Aggregate((JsonNode)root, (current, token) => current[token]!);
        node[tokens[^1]] = value;
    }
}
