using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Sessions;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Sessions;
using Trainyard.Trainer.Tests.Checkpoints;
using Trainyard.Trainer.Tests.Training;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Sessions;

public sealed class TrainingSessionTests : IDisposable
{
    private const string Spiral = """
        {
          "seed": 7,
          "data": { "dataset": { "name": "spiral", "trainSamples": 150, "testSamples": 20 }, "validationFraction": 0.2, "labelNoise": 0.05, "seed": 4,
                    "features": { "x1X2": true, "sinX1": true } },
          "model": { "kind": "mlp", "dense": [8, 6], "activation": "tanh", "initialization": "xavier", "batchNorm": true, "dropout": { "dense": 0.1 } },
          "training": { "epochs": 6, "batchSize": 25, "optimizer": "adam", "schedule": "cosine", "weightDecay": "l2", "gradientClipping": "norm", "precision": "float32" }
        }
        """;

    private readonly TrainingSession session = new(new DatasetLoader(new DatasetLocations { Folder = "/nowhere" }, downloader: null));

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Step_InPartsOfAnySize_HasTheWeightsOfTheRunBitForBit(int steps)
    {
        using var folder = new TemporaryFolder();
        InProcessRun.Train(TestSpecs.Read(Spiral), folder.File("run"), checkpoints: false);
        var opened = Open(Spiral);
        // 120 training samples in batches of 25: 5 updates an epoch.
        Assert.Equal((0L, 5, 6, 120, 30), (opened.Frame.Step, opened.Frame.StepsPerEpoch, opened.Frame.Epochs, opened.TrainSamples, opened.ValidationSamples));

        SessionFrame frame;
        do
        {
            frame = Frame(new StepRequest { Steps = steps });
        }
        while (!frame.IsComplete);

        Assert.Equal((30L, 6), (frame.Step, frame.Epoch));
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)), TensorsSha256());
    }

    [Fact]
    public void Step_MidEpoch_HasTheWeightsOfTheRunStoppedThere()
    {
        using var folder = new TemporaryFolder();
        InProcessRun.Train(TestSpecs.Read(Spiral), folder.File("run"), stopsAfter: happened => happened is CheckpointEvent { Step: 12 });
        Open(Spiral);

        Frame(new StepRequest { Steps = 12 });

        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)), TensorsSha256());
    }

    [Fact]
    public void Reset_AfterSteps_IsTheBeginningAgain()
    {
        var opened = Open(Spiral);
        var weights = TensorsSha256();
        Frame(new StepRequest { Steps = 4 });
        Assert.NotEqual(weights, TensorsSha256());

        var reset = Assert.IsType<OpenedAnswer>(session.Handle(new ResetRequest()));

        Assert.Equal(weights, TensorsSha256());
        Assert.Equal(Json(opened), Json(reset));
    }

    [Fact]
    public void Change_OfALearningRate_KeepsWeightsAndOptimizer()
    {
        Open(Spiral);
        Frame(new StepRequest { Steps = 12 });
        var before = TensorsSha256();

        var frame = Frame(new ChangeRequest { Spec = Changed("/training/optimizer", """{ "name": "adam", "learningRate": 0.5 }""") });

        Assert.Equal((12L, 2), (frame.Step, frame.Epoch));
        Assert.Equal(before, TensorsSha256());
        Assert.Equal(12, session.State!.Setup.Optimizer.Steps);
        var next = Frame(new StepRequest { Steps = 1 });
        Assert.NotEqual(before, TensorsSha256());
        Assert.InRange(next.LearningRate, 0.2, 0.5);
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("linear")]
    public void Change_OfTheBatchSize_KeepsThePlaceInTheSchedule(string schedule)
    {
        Open(Change(Spiral, "/training/batchSize", "2", ("/training/schedule", $"\"{schedule}\"")));
        // 60 updates an epoch: in the midst of the fifth one.
        Frame(new StepRequest { Steps = 270 });

        var changed = Frame(new ChangeRequest { Spec = Changed("/training/schedule", $"\"{schedule}\"") });

        Assert.Equal((270L, 4, 0, 5), (changed.Step, changed.Epoch, changed.StepInEpoch, changed.StepsPerEpoch));
        var expected = new LearningRate(session.State!.Setup.Spec, stepsPerEpoch: 5);
        for (var update = 20; update < 30; update++)
        {
            Assert.Equal(expected.At(update), session.State.Steps.LearningRate.At(session.State.Steps.Cursor.Step), 1e-12);
            Frame(new StepRequest { Steps = 1 });
        }

        var last = Frame(new StepRequest { Steps = 0 });
        Assert.True(last.IsComplete);
        Assert.Equal(expected.At(29), last.LearningRate, 1e-12);
    }

    [Fact]
    public void Step_TimeIsOver_StopsAfterAnUpdateAndSaysSo()
    {
        Open(Spiral);

        var stopped = Assert.IsType<FrameAnswer>(session.Handle(new StepRequest { Steps = 20, Seconds = 0 }));
        var rest = Assert.IsType<FrameAnswer>(session.Handle(new StepRequest { Steps = 1000, Seconds = 60 }));

        Assert.Equal((1, 1L), (stopped.Steps, stopped.Frame.Step));
        Assert.Equal((29, 30L), (rest.Steps, rest.Frame.Step));
    }

    [Fact]
    public void Change_OfTheOptimizer_KeepsWeightsOnly()
    {
        Open(Spiral);
        Frame(new StepRequest { Steps = 12 });
        var weights = Weights();

        Frame(new ChangeRequest { Spec = Changed("/training/optimizer", "\"rmsprop\"") });

        Assert.Equal(weights, Weights());
        Assert.Equal(0, session.State!.Setup.Optimizer.Steps);
    }

    [Theory]
    [InlineData("/model/dense", "[3]")]
    [InlineData("/data/labelNoise", "0")]
    [InlineData("/seed", "8")]
    public void Change_OfNetworkDataOrSeed_BeginsAgain(string pointer, string value)
    {
        Open(Spiral);
        Frame(new StepRequest { Steps = 12 });

        var answer = session.Handle(new ChangeRequest { Spec = Changed(pointer, value) });

        Assert.Equal(0, Assert.IsType<OpenedAnswer>(answer).Frame.Step);
    }

    [Fact]
    public void Step_TrainingStopsEarly_EndsWithTheBestWeightsAndGoesOnFromTheLast()
    {
        var spec = Change(Spiral, "/training/optimizer", """{ "name": "sgd", "learningRate": 3 }""", ("/training/epochs", "200"), ("/training/earlyStopping", """{ "patience": 3 }"""));
        Open(spec);
        List<double> losses = [];
        SessionFrame frame;
        do
        {
            frame = Frame(new StepRequest { Steps = 5 });
            losses.Add(frame.ValidationLoss!.Value);
        }
        while (!frame.IsComplete);
        Assert.InRange(frame.Epoch, 4, 199);
        Assert.Equal(losses[^4], losses.Min());
        Assert.Equal(losses[^4], losses[^1]);

        var patient = Frame(new ChangeRequest { Spec = JsonDocument.Parse(Change(spec, "/training/earlyStopping", """{ "patience": 50 }""")).RootElement });

        Assert.False(patient.IsComplete);
        Assert.True(patient.ValidationLoss > losses[^1]);
    }

    /// <summary>What of the catalog a network of dense layers on points can have, each with other parameters than by default, and its place in the spec.</summary>
    public static TheoryData<string, string> Techniques
    {
        get
        {
            TheoryData<string, string> techniques = new()
            {
                { "/model/batchNorm", """{ "position": "after", "momentum": 0.2, "epsilon": 0.001 }""" },
                { "/model/dropout", """{ "dense": 0.5 }""" },
                { "/training/labelSmoothing", "0.1" },
                { "/training/earlyStopping", """{ "metric": "validation_accuracy", "patience": 2, "minimumChange": 0.01, "restoreBest": false }""" },
                { "/training/precision", "\"bfloat16\"" },
                { "/training/batchSize", "\"full\"" },
                { "/data/trainLimit", "60" },
            };
            TechniqueKind[] named =
            [
                TechniqueKind.Activation, TechniqueKind.Initialization, TechniqueKind.Optimizer, TechniqueKind.Schedule, TechniqueKind.WeightDecay, TechniqueKind.GradientClipping,
            ];
            var points = TechniqueCatalog.OfKind(TechniqueKind.Dataset).Where(data => DatasetShape.From(TechniqueCatalog.Default(TechniqueKind.Dataset, data.Name)).Input is [2]);
            foreach (var technique in named.SelectMany(TechniqueCatalog.OfKind).Concat(points))
            {
                techniques.Add(technique.Pointer, WithOtherParameters(technique));
            }

            return techniques;
        }
    }

    // Switches the other way, the last choice, numbers halfway to their minimum.
    private static string WithOtherParameters(TechniqueDefinition technique)
    {
        JsonObject choice = new() { ["name"] = technique.Name };
        foreach (var parameter in technique.Parameters)
        {
            var usual = JsonSerializer.SerializeToNode(parameter.Default, SpecJson.Options);
            choice[parameter.Name] = parameter.Kind switch
            {
                ParameterKind.Boolean => !(bool)usual!,
                ParameterKind.Choice => parameter.Choices![^1],
                ParameterKind.Integer => (int)Math.Ceiling(((double)usual! + parameter.Minimum!.Value) / 2),
                ParameterKind.Number => ((double)usual! + parameter.Minimum!.Value) / 2,
                _ => usual,
            };
        }

        return choice.ToJsonString();
    }

    [Theory]
    [MemberData(nameof(Techniques))]
    public void Step_AnyTechniqueOfTheCatalog_TrainsAsARun(string pointer, string value)
    {
        // With L2, AdamW is refused.
        var spec = Change(Spiral, "/training/weightDecay", "\"decoupled\"", (pointer, value));
        using var folder = new TemporaryFolder();
        InProcessRun.Train(TestSpecs.Read(spec), folder.File("run"), stopsAfter: happened => happened is CheckpointEvent { Step: 3 });
        Open(spec);

        Frame(new StepRequest { Steps = 3 });

        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)), TensorsSha256());
    }

    [Fact]
    public void Frame_OfTheNetwork_DrawsEachHiddenUnitAndWeight()
    {
        var opened = Open(Spiral);

        var frame = opened.Frame;
        Assert.Equal(4, opened.Inputs!.Units);
        Assert.Equal(150, opened.Points.Count);
        Assert.Equal([8, 6], frame.Layers.Select(layer => layer.Units));
        Assert.All(frame.Layers.Append(opened.Inputs), layer => Assert.All(layer.Maps, map =>
        {
            var values = Convert.FromBase64String(map.Values);
            Assert.Equal(layer.Side * layer.Side, values.Length);
            // A unit that is not constant reaches its scale on one side.
            Assert.True(values.Max() == 255 || values.Min() == 1, $"{layer.Name}: {values.Min()} to {values.Max()}");
        }));
        Assert.Equal([(8, 4), (6, 8), (3, 6)], frame.Weights.Select(layer => (layer.Weights.Count, layer.Weights[0].Length)));
        Assert.Equal(frame.Weights[0].Weights[5][2], session.State!.Setup.Network.get_parameter("dense1.weight")![5, 2].item<float>(), 1e-4f);
        Assert.Null(frame.Weights[0].Bias);
        Assert.NotNull(frame.Decision);
    }

    [Fact]
    public void Step_Diverges_FailsUntilReset()
    {
        // The decay alone multiplies each weight by 1 - 100 in each update.
        Open(Change(Spiral, "/training/optimizer", """{ "name": "sgd", "learningRate": 100 }""", ("/training/weightDecay", """{ "name": "l2", "strength": 1 }"""),
            ("/training/gradientClipping", "\"none\""), ("/training/schedule", "\"constant\""), ("/model/batchNorm", "false"), ("/training/epochs", "500")));

        var failed = Assert.IsType<FailedAnswer>(session.Handle(new StepRequest { Steps = 2500 }));

        Assert.Equal(FailureClass.Diverged, failed.Failure.Class);
        Assert.NotNull(failed.Frame);
        Assert.IsType<FailedAnswer>(session.Handle(new StepRequest { Steps = 1 }));
        Assert.IsType<OpenedAnswer>(session.Handle(new ResetRequest()));
        Frame(new StepRequest { Steps = 1 });
    }

    [Fact]
    public void Open_InvalidSpec_LeavesTheSessionAsItWas()
    {
        Open(Spiral);
        Frame(new StepRequest { Steps = 3 });

        var refused = Assert.IsType<RefusedAnswer>(session.Handle(new ChangeRequest { Spec = Changed("/model/dense", "[0]") }));

        Assert.Equal("/model/dense/0", refused.Findings[0].Pointer);
        Assert.Equal(4, Frame(new StepRequest { Steps = 1 }).Step);
    }

    private OpenedAnswer Open(string spec) => Assert.IsType<OpenedAnswer>(session.Handle(new OpenRequest { Spec = JsonDocument.Parse(spec).RootElement }));

    private SessionFrame Frame(SessionRequest request) => Assert.IsType<FrameAnswer>(session.Handle(request)).Frame;

    private string Weights() => Sha256(session.State!.Setup.Weights());

    // As CheckpointContent reads them from a file.
    private string TensorsSha256() => Sha256(session.State!.Setup.State());

    private static string Sha256(IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Json(SessionAnswer answer) => JsonSerializer.Serialize(answer, SpecJson.Options);

    private static JsonElement Changed(string pointer, string value) => JsonDocument.Parse(Change(Spiral, pointer, value)).RootElement;

    private static string Change(string spec, string pointer, string value, params (string Pointer, string Value)[] more)
    {
        var document = JsonNode.Parse(spec)!;
        foreach (var (at, text) in more.Prepend((pointer, value)))
        {
            var names = at.Split('/')[1..];
            names[..^1].Aggregate(document, (node, name) => node[name]!)[names[^1]] = JsonNode.Parse(text);
        }

        return document.ToJsonString();
    }
}
