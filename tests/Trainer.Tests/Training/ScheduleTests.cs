using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Tests.Training;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("""{ "name": "multistep", "milestones": [1, 3], "factor": 0.5 }""", new[] { 1, 0.5, 0.5, 0.25 })]
    [InlineData("""{ "name": "linear" }""", new[] { 1 - (19 / 80.0), 1 - (39 / 80.0), 1 - (59 / 80.0), 1 - (79 / 80.0) })]
    [InlineData("""{ "name": "plateau", "patience": 0, "factor": 0.5, "threshold": 0.999 }""", new[] { 1, 1, 0.5, 0.25 })]
    public void Train_WithASchedule_ReportsTheRateOfTheLastUpdateOfEachEpoch(string schedule, double[] factors)
    {
        using var folder = new TemporaryFolder();
        // 320 training samples, 20 steps an epoch, 80 in all
        var run = InProcessRun.Train(
            TestSpecs.Read($$"""
                {
                  "data": { "dataset": "xor", "validationFraction": 0.2 },
                  "model": { "kind": "mlp", "dense": [4] },
                  "training": { "epochs": 4, "batchSize": 16, "optimizer": { "name": "sgd", "learningRate": 0.01 }, "schedule": {{schedule}} }
                }
                """),
            folder.Path, checkpoints: false);
        Assert.All(
            run.Events.OfType<EpochEvent>().Select(epoch => epoch.LearningRate / 0.01).Zip(factors),
            pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Train_FullBatch_UpdatesOncePerEpoch()
    {
        using var folder = new TemporaryFolder();
        var run = InProcessRun.Train(
            TestSpecs.Read("""
                {
                  "data": { "dataset": "xor", "validationCount": 40 }, "model": { "kind": "mlp", "dense": [4] },
                  "training": { "epochs": 3, "batchSize": "full" }
                }
                """),
            folder.Path, checkpoints: false);
        var started = run.Events.OfType<StartedEvent>().Single();
        Assert.Equal((360, 40, 1), (started.TrainSamples, started.ValidationSamples, started.StepsPerEpoch));
        Assert.Equal(3, run.Events.OfType<FinishedEvent>().Single().Steps);
    }
}
