using Trainyard.Specs.Catalog;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Tests.Checkpoints;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

// Stopped in the middle of an epoch and resumed, every optimizer ends with the same bits as without the stop: with dropout, augmentation, noise, schedules.
public sealed class ResumeTests
{
    public static TheoryData<string> Optimizers =>
        [.. TechniqueCatalog.All.Where(entry => entry.Kind == TechniqueKind.Optimizer).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizer(string name) => AssertExact($"\"{name}\"", """{ "name": "one_cycle", "rise": 0.5 }""");

    [Theory]
    [InlineData("""{ "name": "momentum", "form": "pytorch" }""", """{ "name": "cosine", "cycles": 2, "warmup": 1 }""")]
    [InlineData("""{ "name": "nesterov", "form": "pytorch" }""", """{ "name": "plateau", "patience": 0, "threshold": 0.9, "factor": 0.5 }""")]
    public void FormAndSchedule(string optimizer, string schedule) => AssertExact(optimizer, schedule);

    private static void AssertExact(string optimizer, string schedule)
    {
        // 5 steps an epoch
        var reading = TestSpecs.Read($$"""
            {
              "seed": 9,
              "data": {
                "dataset": { "name": "shapes", "trainSamples": 180, "testSamples": 100 }, "validationCount": 30, "labelNoise": 0.1,
                "augmentation": { "flip": true, "crop": 3, "cutout": 6 }
              },
              "model": {
                "kind": "cnn", "blocks": [{ "filters": 4, "stride": 4 }], "dense": [8], "batchNorm": true, "dropout": { "conv": 0.2, "dense": 0.3 },
                "activation": "prelu", "initialization": "lsuv"
              },
              "training": {
                "epochs": 3, "batchSize": 32, "optimizer": {{optimizer}}, "schedule": {{schedule}}, "weightDecay": { "name": "decoupled", "biasAndNorm": true },
                "gradientClipping": "norm", "labelSmoothing": 0.1, "earlyStopping": { "patience": 100 }, "precision": "float32"
              }
            }
            """);
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        var reference = InProcessRun.Train(reading, whole.File("run"), checkpoints: false);
        Assert.Equal(RunEnd.Finished, reference.End);

        var first = InProcessRun.Train(reading, parts.File("run"), stopsAfter: happened => happened is CheckpointEvent { Step: 7 });
        Assert.Equal(RunEnd.Stopped, first.End);
        var second = InProcessRun.Train(reading, parts.File("run"), resume: true);
        Assert.Equal(7, second.Events.OfType<StartedEvent>().Single().ResumedFromStep);

        Assert.Equal(Numbers(reference.Events), [.. Numbers(first.Events), .. Numbers(second.Events)]);
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(whole)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(parts)));
    }

    private static IEnumerable<string> Numbers(IEnumerable<RunEvent> events) => events.OfType<EpochEvent>()
        .Select(epoch => $"{epoch.Epoch} {epoch.TrainLoss:R} {epoch.TrainAccuracy:R} {epoch.ValidationLoss:R} {epoch.ValidationAccuracy:R} {epoch.LearningRate:R}");
}
