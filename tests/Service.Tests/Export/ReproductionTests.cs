using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Export;
using Trainyard.Service.Tests.Workers;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Tests.Export;

/// <summary>The programs against the trainer itself: same spec, same numbers.</summary>
public sealed class ReproductionTests : IDisposable
{
    // Same engine, processor and one thread: what is printed has nine digits.
    private const double SameEngine = 1e-8;

    // Another front end of the same engine: rounded in other places.
    private const double OtherEngine = 1e-5;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trainyard-code-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Small specs that together touch data, split, noise, augmentation, layers, first weights, rules and schedules.</summary>
    public static TheoryData<string> Specs => new(
        """
        { "seed": 3, "data": { "dataset": { "name": "xor", "trainSamples": 100, "testSamples": 20 }, "labelNoise": 0.1 },
          "model": { "kind": "mlp", "dense": [8], "activation": "tanh", "initialization": "xavier" },
          "training": { "epochs": 3, "batchSize": 16, "optimizer": "adamw", "labelSmoothing": 0.1 } }
        """,
        """
        { "seed": 5, "data": { "dataset": { "name": "shapes", "trainSamples": 120, "testSamples": 100 }, "augmentation": { "flip": true, "crop": 2, "cutout": 6, "testTimeFlip": true } },
          "model": { "kind": "cnn", "blocks": [{ "filters": 4 }, { "filters": 6, "pool": "average" }], "dense": [12], "batchNorm": true, "activation": "elu", "initialization": "he" },
          "training": { "epochs": 2, "batchSize": 32, "optimizer": "momentum", "weightDecay": { "name": "decoupled", "form": "paper" }, "schedule": { "name": "cosine", "warmup": 1 } } }
        """,
        """
        { "seed": 7, "data": { "dataset": { "name": "circles", "trainSamples": 100, "testSamples": 20 }, "trainLimit": 60, "validationCount": 30 },
          "model": { "kind": "mlp", "dense": [10, 10], "activation": "maxout", "initialization": "lsuv" },
          "training": { "epochs": 3, "batchSize": null, "optimizer": "muon", "gradientClipping": { "name": "norm", "maximum": 0.5 }, "schedule": "one_cycle", "evaluateTest": true } }
        """,
        """
        { "seed": 11, "data": { "dataset": { "name": "mixture", "trainSamples": 90, "testSamples": 30, "classes": 4 } },
          "model": { "kind": "mlp", "dense": [12], "activation": "prelu", "initialization": "orthogonal_msra" },
          "training": { "epochs": 4, "batchSize": 10, "optimizer": "nadam", "schedule": { "name": "plateau", "patience": 0, "threshold": 0.5 }, "weightDecay": "l1", "earlyStopping": { "patience": 2, "minimumChange": 0.3 } } }
        """,
        """
        { "seed": 13, "data": { "dataset": { "name": "moons", "trainSamples": 100, "testSamples": 20 } },
          "model": { "kind": "mlp", "dense": [10], "activation": "gelu", "initialization": { "name": "lecun", "distribution": "uniform" } },
          "training": { "epochs": 3, "batchSize": 20, "optimizer": "lion", "weightDecay": "l2", "schedule": { "name": "multistep", "milestones": [1, 2] } } }
        """,
        """
        { "seed": 17, "data": { "dataset": { "name": "spiral", "trainSamples": 120, "testSamples": 30 } },
          "model": { "kind": "mlp", "dense": [10], "activation": "silu", "initialization": "normal" },
          "training": { "epochs": 3, "batchSize": 20, "optimizer": "nesterov", "schedule": { "name": "step", "every": 1 }, "gradientClipping": "value" } }
        """);

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task TorchSharp_SameEngineAndThreads_HasTheLossesOfTheTrainer(string spec)
    {
        var (facts, recorded) = await TrainAsync(spec);
        var source = Path.Combine(folder.FullName, "program.cs");
        await File.WriteAllTextAsync(source, TorchSharpProgram.Write(facts), Cancellation);
        Assert.Equal("", await ProgramTools.CompileAsync(source, Path.ChangeExtension(source, ".dll")));

        var (exitCode, output) = await ProgramTools.RunCompiledAsync(Path.ChangeExtension(source, ".dll"), "/usr/share/datasets", "1");

        Assert.True(exitCode == 0, output);
        Same(recorded, ProgramTools.Epochs(output), SameEngine, output);
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task Pytorch_OnTheSameMachine_HasTheLossesOfTheTrainer(string spec)
    {
        await ProgramTools.RequireTorchAsync();
        var (facts, recorded) = await TrainAsync(spec);
        var program = Path.Combine(folder.FullName, "program.py");
        await File.WriteAllTextAsync(program, PytorchProgram.Write(facts), Cancellation);

        var (exitCode, output) = await ProgramTools.RunAsync(ProgramTools.Python, [program]);

        Assert.True(exitCode == 0, output);
        Same(recorded, ProgramTools.Epochs(output), OtherEngine, output);
    }

    [Fact]
    public async Task Pytorch_EveryOptimizerAndSchedule_HasTheLossesOfTheTrainer()
    {
        await ProgramTools.RequireTorchAsync();
        var schedules = TechniqueCatalog.All.Where(technique => technique.Kind == TechniqueKind.Schedule).Select(technique => technique.Name).ToArray();
        var runs = new List<(string Program, List<EpochEvent> Recorded)>();
        foreach (var (optimizer, index) in Optimizers().Select((optimizer, index) => (optimizer, index)))
        {
            var (facts, recorded) = await TrainAsync(
                $$"""
                {
                  "seed": {{index}}, "data": { "dataset": { "name": "moons", "trainSamples": 100, "testSamples": 20 } },
                  "model": { "kind": "mlp", "dense": [8, 8], "activation": "tanh", "initialization": "xavier" },
                  "training": { "epochs": 4, "batchSize": 20, "optimizer": {{optimizer}}, "schedule": "{{schedules[index % schedules.Length]}}" }
                }
                """,
                $"run-{index}");
            var program = Path.Combine(folder.FullName, $"program-{index}.py");
            await File.WriteAllTextAsync(program, PytorchProgram.Write(facts), Cancellation);
            runs.Add((program, recorded));
        }

        // One process for all: most of the time of a program is PyTorch's start.
        var (exitCode, output) = await ProgramTools.RunAsync(
            ProgramTools.Python,
            ["-c", "import runpy, sys\nfor program in sys.argv[1:]:\n    print('==', program, flush=True)\n    runpy.run_path(program, run_name='__main__')", .. runs.Select(run => run.Program)]);

        Assert.True(exitCode == 0, output);
        var outputs = output.Split("== ", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(runs.Count >= schedules.Length && runs.Count == outputs.Length, output);
        foreach (var (run, printed) in runs.Zip(outputs))
        {
            Assert.StartsWith(run.Program, printed, StringComparison.Ordinal);
            Same(run.Recorded, ProgramTools.Epochs(printed), OtherEngine, printed);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Each of the catalog with its defaults, and once more for each other value of a switch or choice.
    private static IEnumerable<string> Optimizers()
    {
        foreach (var technique in TechniqueCatalog.All.Where(technique => technique.Kind == TechniqueKind.Optimizer))
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

    private async Task<(RunFacts Facts, List<EpochEvent> Epochs)> TrainAsync(string spec, string run = "run")
    {
        var facts = ProgramSpecs.Facts(JsonNode.Parse(spec)!.AsObject());
        var file = Path.Combine(folder.FullName, "spec.json");
        await File.WriteAllTextAsync(file, (facts.Spec with { Training = facts.Spec.Training with { Precision = Trainyard.Specs.Spec.Precision.Float32 } }).ToJson(), Cancellation);
        var (exitCode, output) = await ProgramTools.RunAsync(Trainers.Real, ["train", "--spec", file, "--out", Path.Combine(folder.FullName, run), "--threads", "1"]);
        Assert.True(exitCode == 0, output);
        var events = output.Split('\n').Where(line => line.StartsWith("{\"seq\"", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<TrainerLine>(line, SpecJson.Options)!.Event);
        return (facts, [.. events.OfType<EpochEvent>()]);
    }

    private static void Same(List<EpochEvent> recorded, List<double[]> printed, double tolerance, string output)
    {
        Assert.NotEmpty(recorded);
        Assert.True(recorded.Count == printed.Count, $"{recorded.Count} epochs were recorded, not {printed.Count}: {output}");
        foreach (var (epoch, numbers) in recorded.Zip(printed))
        {
            double?[] expected = [epoch.TrainLoss, epoch.TrainAccuracy, epoch.ValidationLoss, epoch.ValidationAccuracy];
            for (var index = 0; index < expected.Length; index++)
            {
                Assert.True(
                    Math.Abs(expected[index]!.Value - numbers[index]) <= tolerance * Math.Max(1, Math.Abs(numbers[index])),
                    $"epoch {epoch.Epoch}, number {index}: recorded {expected[index]}, printed {numbers[index]}. {output}");
            }
        }
    }
}
