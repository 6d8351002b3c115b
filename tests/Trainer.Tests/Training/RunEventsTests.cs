using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Tests.Training;

[Trait("Needs", "process")]
public sealed class RunEventsTests
{
    [Fact]
    public async Task Train_Xor_WritesTheExpectedEventsAndLearnsItCompletely()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0);
        var started = Assert.IsType<StartedEvent>(trainer.Lines[0].Event);
        Assert.Equal((320, 80, 200, 10, 30, 0L), (started.TrainSamples, started.ValidationSamples, started.TestSamples, started.StepsPerEpoch, started.Epochs, started.ResumedFromStep));
        Assert.Equal((42L, "cpu", 2), (started.Parameters, started.Device, started.Threads));
        Assert.Equal(("xor", 64), (started.Data!.Dataset, started.Data.Fingerprint.Length));
        Assert.Equal(["0", "1"], started.Data.ClassNames);
        Assert.Equal(["dense1", "activation1", "output"], started.Layers.Select(layer => layer.Name));

        var first = trainer.Events.OfType<ProgressEvent>().First();
        Assert.Equal((1, 1L, 300L, null), (first.Epoch, first.Step, first.TotalSteps, first.RemainingSeconds));

        var sequence = Sequence(trainer);
        Assert.Equal([.. Enumerable.Range(1, 30).Select(epoch => $"epoch {epoch} {10 * epoch}"), "checkpoint 30 300", "evaluation 30 Validation", "finished 30 300"], sequence);
        AssertNumbered(trainer);

        var last = trainer.Events.OfType<EpochEvent>().Last();
        Assert.Equal((1.0, 1.0, 0.05), (last.TrainAccuracy, last.ValidationAccuracy, last.LearningRate));
        var finished = Assert.IsType<FinishedEvent>(trainer.Lines[^1].Event);
        Assert.Equal(1.0, finished.BestValidationAccuracy);
        Assert.Equal(trainer.Events.OfType<EpochEvent>().First(epoch => epoch.ValidationAccuracy == 1).Epoch, finished.BestEpoch);
        Assert.Null(finished.TestAccuracy);
    }

    [Fact]
    public void Train_LabelSmoothing_LossesAreReportedWithoutIt()
    {
        using var folder = new TemporaryFolder();
        var (plain, smoothed) = (Reported(0), Reported(0.5));
        Assert.Equal(plain.TrainLoss!.Value, smoothed.TrainLoss!.Value, 1e-6);
        Assert.Equal(plain.ValidationLoss, smoothed.ValidationLoss);

        // Steps too short to move a weight, so that both runs measure the same network.
        EpochEvent Reported(double smoothing) => InProcessRun.Train(
            TestSpecs.Read($$"""
            {
              "data": { "dataset": "moons" }, "model": { "kind": "mlp", "dense": [8], "initialization": "he" },
              "training": { "epochs": 1, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 1e-20 }, "labelSmoothing": {{smoothing}} }
            }
            """), folder.File($"run-{smoothing}"), checkpoints: false).Events.OfType<EpochEvent>().Single();
    }

    [Fact]
    public async Task Train_XorWithoutHiddenLayer_NeverSeparatesTheFourthCorner()
    {
        using var folder = new TemporaryFolder();
        // A line has at most three of the four corners right; the corners are of equal size up to the split's chance.
        var spec = TestSpecs.Xor.Replace("\"dense\": [8]", "\"dense\": []", StringComparison.Ordinal)
            .Replace("\"xor\", \"validationFraction\"", "{ \"name\": \"xor\", \"trainSamples\": 4000 }, \"validationFraction\"", StringComparison.Ordinal);
        await using var trainer = await TrainerProcess.RunAsync(folder, spec, 0);
        Assert.All(trainer.Events.OfType<EpochEvent>(), epoch => Assert.InRange(epoch.TrainAccuracy!.Value, 0.2, 0.76));
        Assert.All(trainer.Events.OfType<EpochEvent>(), epoch => Assert.InRange(epoch.ValidationAccuracy!.Value, 0.2, 0.78));
    }

    [Fact]
    public async Task Train_Shapes_WritesTheExpectedEventsAndLearns()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Shapes(epochs: 6, trainSamples: 2000), 0);
        var sequence = Sequence(trainer);
        Assert.Equal([.. Enumerable.Range(1, 6).Select(epoch => $"epoch {epoch} {50 * epoch}"), "checkpoint 6 300", "evaluation 6 Validation", "evaluation 6 Test", "finished 6 300"], sequence);
        AssertNumbered(trainer);

        var epochs = trainer.Events.OfType<EpochEvent>().ToArray();
        Assert.True(epochs[^1].TrainLoss < epochs[0].TrainLoss * 0.9, $"{epochs[0].TrainLoss} -> {epochs[^1].TrainLoss}");
        Assert.True(epochs[^1].ValidationAccuracy > 0.2);
        var finished = Assert.IsType<FinishedEvent>(trainer.Lines[^1].Event);
        Assert.NotNull(finished.TestLoss);
        Assert.InRange(finished.TestAccuracy!.Value, 0.15, 1);
        Assert.All(epochs.Zip(epochs.Skip(1)), pair => Assert.True(pair.First.ElapsedSeconds < pair.Second.ElapsedSeconds));
    }

    // How often, and how the figures of one are computed, is held to a clock of its own in ProgressReporterTests.
    [Fact]
    public async Task Train_Progress_CountsUp()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Shapes(epochs: 2, trainSamples: 20000), 0);
        var reports = trainer.Events.OfType<ProgressEvent>().ToArray();
        Assert.InRange(reports.Length, 2, int.MaxValue);
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.First.Step < pair.Second.Step));
        Assert.All(reports.Skip(1), report => Assert.InRange(report.RemainingSeconds!.Value, 0, double.MaxValue));
    }

    [Fact]
    public async Task Train_Bfloat16_KeepsUpWithFloat32()
    {
        using var folder = new TemporaryFolder();
        await using var reference = await TrainerProcess.RunAsync(folder, TestSpecs.Shapes(epochs: 3), 0);
        await using var trainer = await TrainerProcess.RunAsync(folder, TestSpecs.Shapes(epochs: 3, precision: "bfloat16"), 0);
        Assert.Equal(Specs.Spec.Precision.Bfloat16, trainer.Events.OfType<StartedEvent>().Single().Precision);
        var expected = reference.Events.OfType<EpochEvent>().Last().TrainLoss!.Value;
        Assert.Equal(expected, trainer.Events.OfType<EpochEvent>().Last().TrainLoss!.Value, 0.1 * expected);
    }

    // Observations and findings have tests of their own.
    private static string[] Sequence(TrainerProcess trainer) =>
        [.. trainer.Events.Where(runEvent => runEvent is not (ProgressEvent or ObservationEvent or DecisionFrameEvent or PredictionEvent or FindingEvent)).Skip(1).Select(Describe)];

    private static string Describe(RunEvent runEvent) => runEvent switch
    {
        EpochEvent epoch => $"epoch {epoch.Epoch} {epoch.Step}",
        EvaluationEvent evaluation => $"evaluation {evaluation.Epoch} {evaluation.Split}",
        CheckpointEvent checkpoint => $"checkpoint {checkpoint.Epoch} {checkpoint.Step}",
        FinishedEvent finished => $"finished {finished.Epochs} {finished.Steps}",
        _ => runEvent.ToString(),
    };

    private static void AssertNumbered(TrainerProcess trainer) =>
        Assert.Equal(Enumerable.Range(1, trainer.Lines.Count).Select(number => (long)number), trainer.Lines.Select(line => line.Seq));
}
