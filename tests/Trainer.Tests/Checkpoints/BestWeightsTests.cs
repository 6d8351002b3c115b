using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Tests.Training;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Checkpoints;

/// <summary>A run that ends with the weights of its best epoch.</summary>
[Trait("Needs", "process")]
public sealed class BestWeightsTests
{
    // Noisy labels are learned by heart, so the validation loss soon rises. Batch norm, because its statistics belong to the weights.
    private static string Spec(bool restoreBest, int epochs = 30, int patience = 4) =>
        $$"""
        {
          "seed": 3,
          "data": { "dataset": { "name": "moons", "trainSamples": 400, "testSamples": 100, "noise": 0.3 }, "validationFraction": 0.5, "trainLimit": 60, "labelNoise": 0.3, "seed": 3 },
          "model": { "kind": "mlp", "dense": [100, 100], "batchNorm": true },
          "training": {
            "epochs": {{epochs}}, "batchSize": 20, "optimizer": { "name": "adam", "learningRate": 0.01 }, "evaluateTest": true,
            "earlyStopping": { "metric": "validation_loss", "patience": {{patience}}, "restoreBest": {{(restoreBest ? "true" : "false")}} }
          }
        }
        """;

    [Theory]
    [InlineData(30, 4)]     // stops early
    [InlineData(30, 1000)]  // trains to the end
    public void Train_RestoreBest_EvaluatesTheWeightsOfTheBestEpoch(int epochs, int patience)
    {
        using var folder = new TemporaryFolder();
        var run = Train(Spec(restoreBest: true, epochs, patience), folder.File("run"));
        using var other = new TemporaryFolder();
        var last = Train(Spec(restoreBest: false, epochs, patience), other.File("run"));

        var trained = run.Events.OfType<EpochEvent>().ToArray();
        Assert.Equal(patience < epochs, trained.Length < epochs);
        var best = trained.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.True(best.Epoch < trained.Length, "The last epoch is the best one.");

        var evaluated = Evaluation(run, DataSplit.Validation);
        Assert.Equal(best.Epoch, evaluated.Epoch);
        Assert.Equal(best.ValidationLoss!.Value, evaluated.Loss!.Value, 1e-9);
        Assert.Equal(best.ValidationAccuracy, evaluated.Accuracy);
        Assert.Equal(RunMessageCode.BestWeightsRestored, run.Events.OfType<NoticeEvent>().Last().Code);

        Assert.Equal(trained.Length, Evaluation(last, DataSplit.Validation).Epoch);
        Assert.Equal(trained[^1].ValidationLoss!.Value, Evaluation(last, DataSplit.Validation).Loss!.Value, 1e-9);
        Assert.NotEqual(Evaluation(last, DataSplit.Test).Loss, Evaluation(run, DataSplit.Test).Loss);
    }

    [Fact]
    public void Resume_AfterAnInterruption_HasTheSameBestWeights()
    {
        using var reference = new TemporaryFolder();
        var whole = Train(Spec(restoreBest: true), reference.File("run"));

        using var folder = new TemporaryFolder();
        var first = InProcessRun.Train(TestSpecs.Read(Spec(restoreBest: true)), folder.File("run"), stopsAfter: happened => happened is EpochEvent { Epoch: 4 });
        Assert.Equal(RunEnd.Stopped, first.End);
        var second = InProcessRun.Train(TestSpecs.Read(Spec(restoreBest: true)), folder.File("run"), resume: true);

        Assert.Equal(Evaluation(whole, DataSplit.Test).Loss, Evaluation(second, DataSplit.Test).Loss);
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(reference)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)));
    }

    [Fact]
    public void Stop_WhileTheBestWeightsAreEvaluated_LeavesTheLastOnesToGoOnFrom()
    {
        using var reference = new TemporaryFolder();
        Train(Spec(restoreBest: true), reference.File("run"));

        using var folder = new TemporaryFolder();
        var stopped = InProcessRun.Train(
            TestSpecs.Read(Spec(restoreBest: true)), folder.File("run"), stopsAfter: happened => happened is NoticeEvent { Code: RunMessageCode.BestWeightsRestored });

        Assert.Equal(RunEnd.Stopped, stopped.End);
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(reference)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)));
    }

    [Fact]
    public async Task Weights_OfARunThatKeptItsBest_AreThoseOfItsBestEpoch()
    {
        using var parent = new TemporaryFolder();
        var run = Train(Spec(restoreBest: true), parent.File("run"));

        // Steps so small that they change nothing: what is validated are the weights that training started from. Its batches still move the statistics of batch norm.
        var still = Spec(restoreBest: false, epochs: 1).Replace("{ \"name\": \"adam\", \"learningRate\": 0.01 }", "{ \"name\": \"sgd\", \"learningRate\": 1e-20 }", StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        await using var fork = await TrainerProcess.RunAsync(folder, still, 0, "--weights", CheckpointContent.Newest(parent));

        var (saved, forked) = (CheckpointContent.Read(CheckpointContent.Newest(parent)), CheckpointContent.Read(CheckpointContent.Newest(folder)));
        Assert.Equal(RunEnd.Finished, run.End);
        Assert.Equal(saved["best.dense1.weight"].Bytes, forked["dense1.weight"].Bytes);
        Assert.NotEqual(saved["dense1.weight"].Bytes, forked["dense1.weight"].Bytes);
    }

    private static InProcessRun Train(string spec, string folder)
    {
        var run = InProcessRun.Train(TestSpecs.Read(spec), folder);
        Assert.Equal(RunEnd.Finished, run.End);
        return run;
    }

    private static EvaluationEvent Evaluation(InProcessRun run, DataSplit split) => run.Events.OfType<EvaluationEvent>().Single(evaluation => evaluation.Split == split);
}
