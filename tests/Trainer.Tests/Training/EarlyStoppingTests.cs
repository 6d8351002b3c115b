using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

public sealed class EarlyStoppingTests
{
    // A learning rate of next to nothing never improves the accuracy.
    private const string Spec = """
        {
          "data": { "dataset": "xor", "validationFraction": 0.2 },
          "model": { "kind": "mlp", "dense": [4] },
          "training": {
            "epochs": 50, "optimizer": { "name": "sgd", "learningRate": 1e-12 },
            "earlyStopping": { "metric": "validation_accuracy", "patience": 3 }
          }
        }
        """;

    [Fact]
    public void EpochEnded_LossFallsEnough_StartsWaitingAnew()
    {
        var stopping = new EarlyStopping(new EarlyStoppingSpec { Metric = ValidationMetric.ValidationLoss, Patience = 2, MinimumChange = 0.1, RestoreBest = true });
        foreach (var (loss, done) in new[] { (1.0, false), (0.95, false), (0.85, false), (0.8, false), (0.9, true) })
        {
            stopping.EpochEnded(loss, accuracy: 0.5);
            Assert.Equal(done, stopping.IsDone);
        }

        Assert.Equal(0.85, stopping.State.Best);
    }

    [Fact]
    public void EpochEnded_AccuracyRisesEnough_StartsWaitingAnew()
    {
        var stopping = new EarlyStopping(new EarlyStoppingSpec { Metric = ValidationMetric.ValidationAccuracy, Patience = 2, MinimumChange = 0.1, RestoreBest = true });
        var loss = 1.0;
        foreach (var (accuracy, done) in new[] { (0.3, false), (0.35, false), (0.45, false), (0.7, false), (0.75, false), (0.6, true) })
        {
            // A loss that rises all the time does not count.
            stopping.EpochEnded(loss++, accuracy);
            Assert.Equal(done, stopping.IsDone);
        }

        Assert.Equal(0.7, stopping.State.Best);
    }

    [Theory]
    [InlineData("validation_accuracy")]
    [InlineData("validation_loss")]
    public void Train_ImprovementThatEnds_StopsSoManyEpochsAfterTheBestOne(string metric)
    {
        using var folder = new TemporaryFolder();
        var run = InProcessRun.Train(
            TestSpecs.Read($$"""
                {
                  "seed": 3, "data": { "dataset": { "name": "moons", "noise": 0.3 }, "validationFraction": 0.2, "trainLimit": 60, "seed": 3 },
                  "model": { "kind": "mlp", "dense": [16], "activation": "tanh" },
                  "training": {
                    "epochs": 100, "batchSize": 8, "optimizer": { "name": "adam", "learningRate": 0.03 },
                    "earlyStopping": { "metric": "{{metric}}", "patience": 4 }
                  }
                }
                """),
            folder.Path, checkpoints: false);
        var epochs = run.Events.OfType<EpochEvent>().ToArray();
        var best = metric == "validation_loss" ? epochs.MinBy(epoch => epoch.ValidationLoss)! : epochs.MaxBy(epoch => epoch.ValidationAccuracy)!;
        // The first epoch is not the best one: the run improved, and then waited for as long as it should.
        Assert.InRange(best.Epoch, 5, 90);
        Assert.Equal(best.Epoch + 4, epochs.Length);
        Assert.Equal(epochs.Length, run.Events.OfType<FinishedEvent>().Single().Epochs);
    }

    [Fact]
    public void Train_NoImprovement_FinishesEarlyWithANotice()
    {
        using var folder = new TemporaryFolder();
        var run = InProcessRun.Train(TestSpecs.Read(Spec), folder.Path, checkpoints: false);
        Assert.Equal(RunEnd.Finished, run.End);
        Assert.Equal(4, run.Events.OfType<FinishedEvent>().Single().Epochs);
        Assert.Equal(4, run.Events.OfType<EpochEvent>().Count());
        Assert.Contains(run.Events.OfType<NoticeEvent>(), notice => notice.Message.Contains("Early stopping", StringComparison.Ordinal));
    }

    [Fact]
    public void Resume_AfterItHasStoppedEarly_OnlyFinishes()
    {
        using var folder = new TemporaryFolder();
        var first = InProcessRun.Train(TestSpecs.Read(Spec), folder.Path);
        var again = InProcessRun.Train(TestSpecs.Read(Spec), folder.Path, resume: true);
        Assert.Empty(again.Events.OfType<EpochEvent>());
        Assert.Equal(first.Events.OfType<FinishedEvent>().Single().Epochs, again.Events.OfType<FinishedEvent>().Single().Epochs);
    }

    [Fact]
    public void Resume_InTheMiddleOfWaiting_WaitsOnlyForTheRest()
    {
        using var folder = new TemporaryFolder();
        var first = InProcessRun.Train(TestSpecs.Read(Spec), folder.Path, stopsAfter: happened => happened is EpochEvent { Epoch: 2 });
        Assert.Equal(RunEnd.Stopped, first.End);
        var second = InProcessRun.Train(TestSpecs.Read(Spec), folder.Path, resume: true);
        Assert.Equal(4, second.Events.OfType<FinishedEvent>().Single().Epochs);
    }
}
