using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Commands;
using Trainyard.Trainer.Tests.Checkpoints;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Commands;

/// <summary>A trainer that is started before its run.</summary>
[Trait("Needs", "process")]
public sealed class WaitCommandTests
{
    // Dropout draws from the engine's generator, convolutions and batch norm go through its caches.
    [Theory]
    [InlineData("float32", "2")]
    [InlineData("bfloat16", "2")]
    [InlineData("float32", "1")]
    public async Task Order_Training_GivesTheNumbersOfAProcessStartedForIt(string precision, string threads)
    {
        using var cold = new TemporaryFolder();
        using var warm = new TemporaryFolder();
        var spec = TestSpecs.Shapes(epochs: 2, precision);
        await using var reference = await TrainerProcess.RunAsync(cold, spec, TrainerExitCode.Finished, "--threads", threads);

        await using var trainer = TrainerProcess.Start("wait", "--threads", "2");
        trainer.Send(Order(warm, spec, "--threads", threads));
        await trainer.ExpectExitAsync(TrainerExitCode.Finished);

        Assert.Equal(Numbers(reference), Numbers(trainer));
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(cold)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(warm)));
        Assert.Equal(1, trainer.Lines[0].Seq);
        Assert.Empty(await trainer.ErrorsAsync());
    }

    [Fact]
    public void Rehearsal_TrainsToTheEndAndLeavesTheGeneratorAsItWas()
    {
        torch.manual_seed(7);
        var expected = torch.randn(4).data<float>().ToArray();
        torch.manual_seed(7);

        Assert.Equal(RunEnd.Finished, Rehearsal.Train(threads: 2));
        torch.manual_seed(7);
        Rehearsal.Run(threads: 2);

        Assert.Equal(expected, torch.randn(4).data<float>().ToArray());
    }

    [Fact]
    public async Task Order_Supervised_StopsOnRequestAndWhenItsInputEnds()
    {
        foreach (var request in (string?[])["pause", null])
        {
            using var folder = new TemporaryFolder();
            await using var trainer = TrainerProcess.Start("wait", "--threads", "2");
            trainer.Send(Order(folder, TestSpecs.Shapes(epochs: 10_000), "--threads", "2", "--supervised"));
            await trainer.NextAsync<StartedEvent>();

            if (request is null)
            {
                trainer.CloseInput();
            }
            else
            {
                trainer.Send(request);
            }

            await trainer.ExpectExitAsync(TrainerExitCode.Stopped);
            Assert.Equal(request ?? "stop", trainer.Events.OfType<StoppedEvent>().Single().Request);
        }
    }

    [Fact]
    public async Task Input_ThatEndsWithoutAnOrder_EndsTheTrainer()
    {
        await using var trainer = TrainerProcess.Start("wait", "--threads", "1");
        trainer.CloseInput();
        await trainer.ExpectExitAsync(TrainerExitCode.Finished);
        Assert.Empty(trainer.Lines);
        Assert.Empty(await trainer.ErrorsAsync());
    }

    [Theory]
    [InlineData("train", TrainerExitCode.Usage)]
    [InlineData("""{ "directory": "/nowhere", "arguments": ["train"] }""", TrainerExitCode.NoInput)]
    [InlineData("""{ "directory": "/", "arguments": ["train"] }""", TrainerExitCode.Usage)]
    public async Task Order_ThatCannotBeCarriedOut_IsReported(string order, int exitCode)
    {
        await using var trainer = TrainerProcess.Start("wait", "--threads", "1");
        trainer.Send(order);
        await trainer.ExpectExitAsync(exitCode);
        Assert.NotEmpty(await trainer.ErrorsAsync());
    }

    private static string Order(TemporaryFolder folder, string spec, params string[] arguments) => JsonSerializer.Serialize(
        new TrainerOrder
        {
            Directory = folder.Path,
            Arguments = ["train", "--spec", folder.Write("spec.json", spec), "--out", folder.File("run"), "--checkpoint-seconds", "3600", .. arguments],
        },
        SpecJson.Options);

    private static List<object?> Numbers(TrainerProcess trainer) =>
    [
        .. trainer.Events.OfType<EpochEvent>().Select(epoch => (epoch.Step, epoch.TrainLoss, epoch.TrainAccuracy, epoch.ValidationLoss, epoch.ValidationAccuracy)),
        .. trainer.Events.OfType<FinishedEvent>().Select(finished => (finished.TestLoss, finished.TestAccuracy)),
    ];
}
