using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Export;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Tests.Export;

/// <summary>Exported programs, by themselves and against the trainer.</summary>
[Trait("Needs", "process")]
public sealed class ProgramTests : IDisposable
{
    // Sums are added in another order by another program or version of libtorch; a wrong rule is off by far more.
    private const double Rounding = 1e-4;

    // Largest difference of the validation accuracies of two trainings that differ in their random numbers, over 500 samples and more.
    private const double Noise = 0.05;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Name_WithALineSeparator_StaysInItsComment()
    {
        var run = ProgramSpecs.Run(JsonNode.Parse("""{ "name": "evil\u2028import os", "data": { "dataset": "xor" }, "model": { "kind": "mlp" } }""")!);

        Assert.StartsWith("# evil import os\n", ProgramWriter.Pytorch(run), StringComparison.Ordinal);
        Assert.StartsWith("// evil import os\n", ProgramWriter.TorchSharp(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Specs_OfEveryTechnique_LeaveNoneOut()
    {
        var used = ProgramSpecs.OfEveryTechnique().SelectMany(ProgramSpecs.TechniquesOf).ToHashSet();

        Assert.Empty(TechniqueCatalog.All.Select(technique => (technique.Kind, technique.Name)).Except(used));
    }

    [Fact]
    public Task Pytorch_OfEveryTechnique_IsPython() => ProgramTools.CompilePytorchAsync(folder.Path, ProgramSpecs.OfEveryTechnique().Select(ProgramWriter.Pytorch));

    [Fact]
    public Task TorchSharp_OfEveryTechnique_Compiles() => ProgramTools.CompileTorchSharpAsync(folder.Path, [.. ProgramSpecs.OfEveryTechnique().Select(ProgramWriter.TorchSharp)]);

    [Fact]
    public void TorchSharp_OfASmallSpec_ContainsOnlyWhatTheSpecUses()
    {
        var program = ProgramWriter.TorchSharp(ProgramSpecs.Run(JsonNode.Parse("""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp" }, "training": { "optimizer": "sgd" } }""")!));

        Assert.DoesNotContain("sealed class", program, StringComparison.Ordinal);
        Assert.All((string[])["Augment", "Factor", "decayed", "clip", "smoothing", "best", "ParamGroups", "CUDA", "bfloat16"], word => Assert.DoesNotContain(word, program, StringComparison.Ordinal));
    }

    // Nothing here is random: points without noise, weights that start at 0, all samples in one step. So each update rule, with schedules, weight decays and
    // clippings in turn, must lead both programs through the losses of the trainer.
    [Fact]
    public async Task Programs_WithoutRandomness_HaveTheLossesOfTheTrainer()
    {
        var (schedules, decays, clippings) = (Names(TechniqueKind.Schedule), Names(TechniqueKind.WeightDecay), Names(TechniqueKind.GradientClipping));
        var runs = Optimizers().Select((optimizer, index) => ProgramSpecs.Run(JsonNode.Parse(
            $$"""
            {
              "data": { "dataset": { "name": "blobs", "classes": 4, "noise": 0, "trainSamples": 400, "testSamples": 40 } },
              "model": { "kind": "preset", "preset": "perceptron", "initialization": "zeros" },
              "training": {
                "epochs": 12, "batchSize": 360, "optimizer": {{optimizer}}, "schedule": {{Schedule(schedules[index % schedules.Count])}},
                "weightDecay": {{Decay(optimizer.Contains("adamw", StringComparison.Ordinal) ? "decoupled" : decays[index % decays.Count], index)}}, "gradientClipping": { "name": "{{clippings[index % clippings.Count]}}" }, "labelSmoothing": {{(index % 2 == 0 ? "0" : "0.1")}},
                "precision": "float32"
              }
            }
            """)!)).ToList();
        Assert.True(runs.Count >= schedules.Count);

        var recorded = await TrainAsync(runs);

        var torchSharp = await ProgramTools.RunTorchSharpAsync(await ProgramTools.CompileTorchSharpAsync(folder.Path, [.. runs.Select(ProgramWriter.TorchSharp)]));
        var pytorch = await ProgramTools.RunPytorchAsync(folder.Path, runs.Select(ProgramWriter.Pytorch));
        for (var index = 0; index < runs.Count; index++)
        {
            Equal(recorded[index], torchSharp[index], 12);
            Equal(recorded[index], pytorch[index], 12);
        }
    }

    /// <summary>PyTorch programs draw the run's own random numbers, so their first losses are the trainer's; later, rounding grows.</summary>
    [Fact]
    public async Task Pytorch_FirstEpochs_HaveTheLossesOfTheTrainer()
    {
        List<ExportedRun> runs = [.. Small.Select(spec => ProgramSpecs.Run(JsonNode.Parse(spec)!))];
        var recorded = await TrainAsync(runs);

        var printed = await ProgramTools.RunPytorchAsync(folder.Path, runs.Select(ProgramWriter.Pytorch));

        for (var index = 0; index < runs.Count; index++)
        {
            Equal(recorded[index], printed[index], 2);
        }
    }

    [Fact]
    public async Task TorchSharp_OfARun_ReachesItsAccuracy()
    {
        List<ExportedRun> runs = [.. Learnable.Select(spec => ProgramSpecs.Run(JsonNode.Parse(spec)!))];
        var recorded = await TrainAsync(runs);

        var printed = await ProgramTools.RunTorchSharpAsync(await ProgramTools.CompileTorchSharpAsync(folder.Path, [.. runs.Select(ProgramWriter.TorchSharp)]));

        for (var index = 0; index < runs.Count; index++)
        {
            var (expected, epochs) = (recorded[index][^1].ValidationAccuracy!.Value, ProgramTools.Epochs(printed[index]));
            Assert.Equal(runs[index].Spec.Training.Epochs, epochs.Count);
            Assert.True(expected > 0.85, $"run {index}: an accuracy of {expected} shows little");
            Assert.True(Math.Abs(expected - epochs[^1][3]) <= Noise, $"run {index}: the run reached {expected}. {printed[index]}");
        }
    }

    public void Dispose() => folder.Dispose();

    // Specs that together touch data, split, noise, augmentation, layers, initialization, rules and schedules.
    private static IEnumerable<string> Small =>
    [
        """
        { "seed": 3, "data": { "dataset": { "name": "xor", "trainSamples": 100, "testSamples": 20 }, "labelNoise": 0.1, "seed": 9 },
          "model": { "kind": "mlp", "dense": [8], "activation": "tanh", "initialization": "xavier" },
          "training": { "epochs": 3, "batchSize": 16, "optimizer": "adamw", "labelSmoothing": 0.1, "precision": "float32" } }
        """,
        """
        { "seed": 5, "data": { "dataset": { "name": "shapes", "trainSamples": 108, "testSamples": 100 }, "augmentation": { "flip": true, "crop": 2, "cutout": 6, "testTimeFlip": true } },
          "model": { "kind": "cnn", "blocks": [{ "filters": 4 }, { "filters": 6, "pool": "average" }], "dense": [12], "batchNorm": true, "activation": "elu", "initialization": "he" },
          "training": { "epochs": 2, "batchSize": 32, "optimizer": "momentum", "weightDecay": { "name": "decoupled", "form": "paper" }, "schedule": { "name": "cosine", "warmup": 1 }, "precision": "float32" } }
        """,
        """
        { "seed": 7, "data": { "dataset": { "name": "circles", "trainSamples": 400, "testSamples": 20 }, "trainLimit": 300, "validationCount": 60 },
          "model": { "kind": "mlp", "dense": [10, 10], "activation": "maxout", "initialization": "lsuv" },
          "training": { "epochs": 3, "batchSize": 300, "optimizer": "muon", "gradientClipping": { "name": "norm", "maximum": 0.5 }, "schedule": "one_cycle", "evaluateTest": true, "precision": "float32" } }
        """,
        """
        { "seed": 11, "data": { "dataset": { "name": "mixture", "trainSamples": 90, "testSamples": 30, "classes": 4 } },
          "model": { "kind": "mlp", "dense": [12], "activation": "prelu", "initialization": "orthogonal_msra" },
          "training": { "epochs": 4, "batchSize": 10, "optimizer": "nadam", "schedule": { "name": "plateau", "patience": 0, "threshold": 0.5 }, "weightDecay": "l1",
            "earlyStopping": { "patience": 2, "minimumChange": 0.3 }, "precision": "float32" } }
        """,
        """
        { "seed": 13, "data": { "dataset": { "name": "moons", "trainSamples": 100, "testSamples": 20 } },
          "model": { "kind": "mlp", "dense": [10], "activation": "gelu", "initialization": { "name": "lecun", "distribution": "uniform" } },
          "training": { "epochs": 3, "batchSize": 20, "optimizer": "lion", "weightDecay": "l2", "schedule": { "name": "multistep", "milestones": [1, 2] }, "precision": "float32" } }
        """,
        """
        { "seed": 17, "data": { "dataset": { "name": "spiral", "trainSamples": 120, "testSamples": 30 },
            "features": { "x1": true, "x2": false, "x1Squared": true, "x2Squared": true, "x1X2": true, "sinX1": true, "sinX2": true } },
          "model": { "kind": "mlp", "dense": [10], "activation": "silu", "initialization": "normal" },
          "training": { "epochs": 3, "batchSize": 20, "optimizer": "nesterov", "schedule": { "name": "step", "every": 1 }, "gradientClipping": "value", "precision": "float32" } }
        """,
    ];

    // Specs whose networks learn nearly all of their task.
    private static IEnumerable<string> Learnable =>
    [
        """
        { "seed": 1, "data": { "dataset": { "name": "xor", "trainSamples": 2500 }, "validationCount": 600, "labelNoise": 0.05 },
          "model": { "kind": "mlp", "dense": [16], "activation": "tanh", "initialization": "xavier" },
          "training": { "epochs": 12, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.01 }, "labelSmoothing": 0.05, "evaluateTest": true } }
        """,
        """
        { "seed": 2, "data": { "dataset": { "name": "shapes", "trainSamples": 2500, "testSamples": 100, "noise": 0.03 }, "validationCount": 499, "augmentation": { "flip": false, "crop": 1, "cutout": 3, "testTimeFlip": true } },
          "model": { "kind": "cnn", "blocks": [{ "filters": 8 }, { "filters": 16 }], "dense": [32], "batchNorm": true, "dropout": { "dense": 0.1 } },
          "training": { "epochs": 14, "batchSize": 25, "optimizer": { "name": "adamw", "learningRate": 0.006 }, "schedule": { "name": "cosine", "warmup": 1 } } }
        """,
        """
        { "seed": 3, "data": { "dataset": { "name": "circles", "trainSamples": 2500 }, "validationCount": 600, "features": { "x1Squared": true, "sinX2": true } },
          "model": { "kind": "mlp", "dense": [16, 16], "initialization": "lsuv" },
          "training": { "epochs": 10, "batchSize": 32, "optimizer": { "name": "lion", "learningRate": 0.003 }, "weightDecay": "decoupled", "schedule": "linear" } }
        """,
        """
        { "seed": 4, "data": { "dataset": { "name": "moons", "trainSamples": 2500 }, "validationCount": 600 },
          "model": { "kind": "mlp", "dense": [16, 16], "activation": "maxout", "initialization": "orthogonal_msra" },
          "training": { "epochs": 10, "batchSize": 32, "optimizer": "muon", "schedule": "one_cycle" } }
        """,
        """
        { "seed": 5, "data": { "dataset": { "name": "spiral", "trainSamples": 2500 }, "validationCount": 600 },
          "model": { "kind": "mlp", "dense": [32, 32], "activation": "prelu", "batchNorm": true },
          "training": { "epochs": 16, "batchSize": 32, "optimizer": "momentum", "gradientClipping": "norm", "precision": "bfloat16", "schedule": { "name": "step", "every": 6, "factor": 0.3 } } }
        """,
    ];

    private static List<string> Names(TechniqueKind kind) => [.. TechniqueCatalog.OfKind(kind).Select(technique => technique.Name)];

    private static string Schedule(string name) => name switch
    {
        "step" => """{ "name": "step", "every": 3, "factor": 0.5 }""",
        "multistep" => """{ "name": "multistep", "milestones": [2, 7], "factor": 0.5 }""",
        "cosine" => """{ "name": "cosine", "cycles": 2, "minimum": 0.1, "warmup": 3 }""",
        "plateau" => """{ "name": "plateau", "patience": 1, "threshold": 0.2, "factor": 0.5 }""",
        _ => JsonSerializer.Serialize(name),
    };

    private static string Decay(string name, int index) => name == "none" ? "\"none\"" : $$"""{ "name": "{{name}}", "strength": 0.02, "biasAndNorm": {{(index % 2 == 0 ? "true" : "false")}} }""";

    // Each of the catalog with its defaults, and once more for each other value of a switch or choice.
    private static IEnumerable<string> Optimizers()
    {
        foreach (var technique in TechniqueCatalog.OfKind(TechniqueKind.Optimizer))
        {
            yield return JsonSerializer.Serialize(technique.Name);
            foreach (var parameter in technique.Parameters)
            {
                var others = parameter.Kind == ParameterKind.Boolean ? ["false"] : (parameter.Choices ?? []).Skip(1).Select(choice => JsonSerializer.Serialize(choice));
                foreach (var other in others)
                {
                    yield return $$"""{ "name": "{{technique.Name}}", "{{parameter.Name}}": {{other}} }""";
                }
            }
        }
    }

    private async Task<IReadOnlyList<List<EpochEvent>>> TrainAsync(IReadOnlyList<ExportedRun> runs)
    {
        using var gate = new SemaphoreSlim(2);
        return await Task.WhenAll(runs.Select(async (run, index) =>
        {
            await gate.WaitAsync(Cancellation);
            try
            {
                var spec = folder.Write($"spec{index}.json", run.Spec.ToJson());
                var output = await ProgramTools.SucceedAsync(Repository.Trainer, ["train", "--spec", spec, "--out", folder.File($"run{index}"), "--threads", "1"]);
                return output.Split('\n').Where(line => line.StartsWith("{\"seq\"", StringComparison.Ordinal))
                    .Select(line => JsonSerializer.Deserialize<TrainerLine>(line, SpecJson.Options)!.Event).OfType<EpochEvent>().ToList();
            }
            finally
            {
                gate.Release();
            }
        }));
    }

    private static void Equal(List<EpochEvent> recorded, string output, int compared)
    {
        var printed = ProgramTools.Epochs(output);
        Assert.NotEmpty(recorded);
        Assert.True(recorded.Count == printed.Count, $"{recorded.Count} epochs were recorded, not {printed.Count}: {output}");
        foreach (var (epoch, numbers) in recorded.Zip(printed).Take(compared))
        {
            // Losses only: where two scores are nearly equal, a rounding changes the accuracy.
            foreach (var (expected, found) in ((double?, double)[])[(epoch.TrainLoss, numbers[0]), (epoch.ValidationLoss, numbers[2])])
            {
                Assert.True(
                    Math.Abs(expected!.Value - found) <= Rounding * Math.Max(1, Math.Abs(found)),
                    $"epoch {epoch.Epoch}: recorded {expected}, printed {found}. {output}");
            }
        }
    }
}
