using Trainyard.Specs.Events;
using Trainyard.Specs.Training;
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
