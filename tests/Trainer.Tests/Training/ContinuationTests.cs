using Trainyard.Specs.Events;
using Trainyard.Trainer.Tests.Checkpoints;

namespace Trainyard.Trainer.Tests.Training;

/// <summary>Extended runs, and runs that start from the weights of another.</summary>
[Trait("Needs", "process")]
public sealed class ContinuationTests
{
    [Fact]
    public async Task Resume_WithMoreEpochs_EqualsTheLongerRun()
    {
        using var reference = new TemporaryFolder();
        await using var longer = await TrainerProcess.RunAsync(reference, TestSpecs.Shapes(epochs: 4), 0);

        using var folder = new TemporaryFolder();
        await using var shorter = await TrainerProcess.RunAsync(folder, TestSpecs.Shapes(epochs: 2), 0);
        await using var extended = await TrainerProcess.RunAsync(folder, TestSpecs.Shapes(epochs: 4), 0, "--resume");

        Assert.Equal([3, 4], extended.Events.OfType<EpochEvent>().Select(epoch => epoch.Epoch));
        Assert.Equal(
            longer.Events.OfType<EpochEvent>().Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss)),
            shorter.Events.Concat(extended.Events).OfType<EpochEvent>().Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss)));
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(reference)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)));
        Assert.Contains(extended.Events.OfType<NoticeEvent>(), notice => notice.Message.Contains("extended to 4 epochs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_WithMoreEpochsAfterEarlyStopping_TrainsOn()
    {
        const string Stopping = "\"earlyStopping\": { \"patience\": 1, \"minimumChange\": 1 }, \"epochs\": ";
        var spec = TestSpecs.Xor.Replace("\"epochs\": ", Stopping, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        await using var stopped = await TrainerProcess.RunAsync(folder, spec, 0);
        var done = stopped.Events.OfType<FinishedEvent>().Single().Epochs;
        Assert.True(done < 30, $"Early stopping was meant to end the run; it trained {done} epochs.");

        await using var extended = await TrainerProcess.RunAsync(folder, spec.Replace("\"epochs\": 30", "\"epochs\": 40", StringComparison.Ordinal), 0, "--resume");

        Assert.True(extended.Events.OfType<FinishedEvent>().Single().Epochs > done);
    }

    [Fact]
    public async Task Weights_OfAnotherRun_AreTheFirstWeightsOfThisOne()
    {
        using var parent = new TemporaryFolder();
        await using var first = await TrainerProcess.RunAsync(parent, TestSpecs.Xor, 0);
        var learned = first.Events.OfType<EpochEvent>().Last();

        // Steps so small that they change nothing: what is validated are the weights that training started from.
        var still = TestSpecs.Xor.Replace("\"epochs\": 30", "\"epochs\": 1", StringComparison.Ordinal)
            .Replace("{ \"name\": \"adam\", \"learningRate\": 0.05 }", "{ \"name\": \"sgd\", \"learningRate\": 1e-8 }", StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        await using var second = await TrainerProcess.RunAsync(folder, still, 0, "--weights", CheckpointContent.Newest(parent));
        using var other = new TemporaryFolder();
        await using var without = await TrainerProcess.RunAsync(other, still, 0);

        var started = second.Events.OfType<EpochEvent>().Single();
        Assert.Equal(learned.ValidationLoss!.Value, started.ValidationLoss!.Value, 1e-5);
        Assert.Equal(learned.ValidationAccuracy, started.ValidationAccuracy);
        Assert.True(without.Events.OfType<EpochEvent>().Single().ValidationLoss > 2 * learned.ValidationLoss, "The drawn weights are as good as the learned ones.");
        Assert.Equal(0, second.Events.OfType<StartedEvent>().Single().ResumedFromStep);
    }

    [Fact]
    public async Task Weights_WhenTheRunHasACheckpointOfItsOwn_AreNotLoadedAgain()
    {
        using var parent = new TemporaryFolder();
        await using var first = await TrainerProcess.RunAsync(parent, TestSpecs.Xor, 0);
        using var folder = new TemporaryFolder();
        string[] weights = ["--weights", CheckpointContent.Newest(parent)];
        await using var whole = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0, weights);

        await using var again = await TrainerProcess.RunAsync(folder, TestSpecs.Xor, 0, ["--resume", .. weights]);

        Assert.Equal(whole.Events.OfType<FinishedEvent>().Single().Steps, again.Events.OfType<StartedEvent>().Single().ResumedFromStep);
        Assert.Empty(again.Events.OfType<EpochEvent>());
    }

    [Theory]
    [InlineData("another network")]
    [InlineData("damaged")]
    [InlineData("truncated")]
    [InlineData("missing")]
    public async Task Weights_ThatDoNotFit_ExitWith65AndReportWhy(string problem)
    {
        using var parent = new TemporaryFolder();
        await using (await TrainerProcess.RunAsync(parent, TestSpecs.Xor.Replace("\"epochs\": 30", "\"epochs\": 1", StringComparison.Ordinal), 0))
        {
            var file = CheckpointContent.Newest(parent);
            var spec = TestSpecs.Xor;
            switch (problem)
            {
                case "another network":
                    spec = spec.Replace("[8]", "[9]", StringComparison.Ordinal);
                    break;
                case "damaged":
                    var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
                    content[CheckpointContent.Read(file)["dense1.weight"].Offset] ^= 1;
                    await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
                    break;
                case "truncated":
                    await using (var stream = File.OpenWrite(file))
                    {
                        stream.SetLength(stream.Length / 2);
                    }

                    break;
                default:
                    file += ".none";
                    break;
            }

            using var folder = new TemporaryFolder();
            await using var trainer = await TrainerProcess.RunAsync(folder, spec, 65, "--weights", file);
            Assert.Contains("cannot be used", await trainer.ErrorsAsync(), StringComparison.Ordinal);
        }
    }
}
