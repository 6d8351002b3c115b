using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

public sealed class ScheduleTests
{
    private static readonly JsonElement Plateaus =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "References", "plateaus.json"))).RootElement;

    public static TheoryData<int, string> PlateauCases =>
        [.. Plateaus.GetProperty("cases").EnumerateArray().Select((one, index) => new TheoryDataRow<int, string>(index, one.GetProperty("schedule").ToString()))];

    [Theory]
    [MemberData(nameof(PlateauCases))]
    public void After_EachEpochOfACourse_PlateausAreThoseOfPyTorch(int index, string schedule)
    {
        var spec = TestSpecs.Read($$"""
            {
              "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [4] },
              "training": { "optimizer": { "name": "sgd", "learningRate": 0.01 }, "schedule": {{schedule}} }
            }
            """).Spec!;
        var rate = new LearningRate(spec, stepsPerEpoch: 20);
        var tracker = new ValidationTracker(spec: null, bestWeights: null, rate, Cursor.Start);
        var expected = Plateaus.GetProperty("cases")[index].GetProperty("factors").Deserialize<double[]>()!;
        var readings = Readings();
        Assert.Equal(expected.Length, readings.Length);
        var cursor = Cursor.Start;
        for (var epoch = 0; epoch < readings.Length; epoch++)
        {
            cursor = tracker.EndEpoch(cursor, readings[epoch]);
            Assert.Equal(expected[epoch], rate.At(20 * cursor.Epoch) / 0.01, 1e-12);
            Assert.Equal(expected[epoch], cursor.Plateau!.Value.Factor, 1e-12);
        }
    }

    [Theory]
    // Better is more: the loss, which improves all the time, does not count.
    [InlineData("validation_accuracy", new[] { 0.5, 0.6, 0.6, 0.7, 0.6, 0.8 }, new[] { 1.0, 0.9, 0.8, 0.7, 0.6, 0.5 }, new[] { 1, 1, 0.5, 0.5, 0.25, 0.25 })]
    // Better is less: the accuracy, which improves all the time, does not count.
    [InlineData("validation_loss", new[] { 0.3, 0.4, 0.5, 0.6, 0.7, 0.8 }, new[] { 1.0, 0.9, 0.9, 0.8, 0.9, 0.7 }, new[] { 1, 1, 0.5, 0.5, 0.25, 0.25 })]
    public void After_AnEpochThatIsNoBetter_LowersTheRateByItsOwnMetricOnly(string metric, double[] accuracies, double[] losses, double[] factors)
    {
        var spec = TestSpecs.Read($$"""
            {
              "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [4] },
              "training": {
                "optimizer": { "name": "sgd", "learningRate": 1 },
                "schedule": { "name": "plateau", "metric": "{{metric}}", "patience": 0, "factor": 0.5, "threshold": 0 }
              }
            }
            """).Spec!;
        var rate = new LearningRate(spec, stepsPerEpoch: 1);
        var tracker = new ValidationTracker(spec: null, bestWeights: null, rate, Cursor.Start);
        var rates = losses.Zip(accuracies, (loss, accuracy) =>
        {
            tracker.EndEpoch(Cursor.Start, new Meter.Reading(10 * loss, (long)Math.Round(10 * accuracy), 10));
            return rate.At(0);
        });
        Assert.Equal(factors, rates);
    }

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

    private static Meter.Reading[] Readings()
    {
        var samples = Plateaus.GetProperty("samples").GetInt64();
        return
        [
            .. Plateaus.GetProperty("losses").Deserialize<double[]>()!
                .Zip(Plateaus.GetProperty("correct").Deserialize<long[]>()!, (loss, correct) => new Meter.Reading(loss * samples, correct, samples)),
        ];
    }
}
