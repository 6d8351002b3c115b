using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Tests.Checkpoints;

namespace Trainyard.Trainer.Tests.Commands;

/// <summary>A trainer that takes one command after the other.</summary>
[Trait("Needs", "process")]
public sealed class WaitCommandTests
{
    // Dropout draws from the engine's generator, convolutions and batch norm go through its caches. The runs before are of another shape, number format and number of
    // threads; one is stopped in an epoch, and one diverges.
    [Theory]
    [InlineData("float32", "2")]
    [InlineData("bfloat16", "2")]
    [InlineData("float32", "1")]
    public async Task Order_AfterOthers_GivesTheNumbersOfAProcessStartedForIt(string precision, string threads)
    {
        using var cold = new TemporaryFolder();
        using var before = new TemporaryFolder();
        using var diverging = new TemporaryFolder();
        using var warm = new TemporaryFolder();
        var spec = TestSpecs.Shapes(epochs: 2, precision);
        await using var reference = await TrainerProcess.RunAsync(cold, spec, TrainerExitCode.Finished, "--threads", threads);

        await using var trainer = TrainerProcess.Start("wait");
        trainer.Send(Order(before, TestSpecs.Shapes(epochs: 10_000, precision == "float32" ? "bfloat16" : "float32"), "--threads", threads == "2" ? "1" : "2"));
        await trainer.NextAsync<EpochEvent>();
        trainer.Send("pause");
        Assert.Equal(TrainerExitCode.Stopped, await trainer.EndAsync());
        trainer.Send(Order(diverging, TestSpecs.Diverging));
        Assert.Equal(TrainerExitCode.Failed, await trainer.EndAsync());
        trainer.Lines.Clear();
        trainer.Send(Order(warm, spec, "--threads", threads));
        Assert.Equal(TrainerExitCode.Finished, await trainer.EndAsync());

        Assert.Equal(Numbers(reference), Numbers(trainer));
        Assert.Equal(CheckpointContent.TensorsSha256(CheckpointContent.Newest(cold)), CheckpointContent.TensorsSha256(CheckpointContent.Newest(warm)));
        Assert.Equal(Enumerable.Range(1, trainer.Lines.Count).Select(seq => (long)seq), trainer.Lines.Select(line => line.Seq));
    }

    [Fact]
    public async Task Orders_OneAfterTheOther_TakeNoMoreMemory()
    {
        const int Most = 24 << 20;
        await using var trainer = TrainerProcess.Start("wait");
        var resident = new List<long>();
        for (var i = 0; i < 40; i++)
        {
            using var folder = new TemporaryFolder();
            trainer.Send(Order(folder, TestSpecs.Shapes(epochs: 1), "--threads", "2"));
            Assert.Equal(TrainerExitCode.Finished, await trainer.EndAsync());
            resident.Add(trainer.ResidentBytes);
        }

        Assert.True(resident[^1] - resident[9] < Most, string.Join(' ', resident.Select(bytes => bytes >> 20)));
    }

    [Fact]
    public async Task Order_Supervised_StopsOnRequestAndWaitsForTheNext()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        await using var trainer = TrainerProcess.Start("wait");
        trainer.Send(Order(first, TestSpecs.Shapes(epochs: 10_000), "--threads", "2", "--supervised"));
        await trainer.NextAsync<StartedEvent>();
        trainer.Send("pause");
        Assert.Equal(TrainerExitCode.Stopped, await trainer.EndAsync());
        Assert.Equal("pause", trainer.Events.OfType<StoppedEvent>().Single().Request);

        // What comes too late for a run does not reach the next one.
        trainer.Send("lease 1");
        trainer.Send("stop");
        trainer.Send(Order(second, TestSpecs.Shapes(epochs: 1), "--threads", "2", "--supervised"));
        Assert.Equal(TrainerExitCode.Finished, await trainer.EndAsync());
        trainer.CloseInput();
        await trainer.ExpectExitAsync(TrainerExitCode.Finished);
        Assert.Empty(await trainer.ErrorsAsync());
    }

    [Fact]
    public async Task Input_ThatEndsDuringARun_StopsIt()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Start("wait");
        trainer.Send(Order(folder, TestSpecs.Shapes(epochs: 10_000), "--threads", "2", "--supervised"));
        await trainer.NextAsync<StartedEvent>();
        trainer.CloseInput();
        await trainer.ExpectExitAsync(TrainerExitCode.Stopped);
        Assert.Equal("stop", trainer.Events.OfType<StoppedEvent>().Single().Request);
    }

    [Fact]
    public async Task Signal_EndsTheTrainerWhetherItTrainsOrWaits()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Start("wait");
        trainer.Send(Order(folder, TestSpecs.Shapes(epochs: 10_000), "--threads", "2", "--supervised"));
        await trainer.NextAsync<StartedEvent>();
        await TerminateAsync(trainer);
        await trainer.ExpectExitAsync(TrainerExitCode.Stopped);

        using var other = new TemporaryFolder();
        await using var waiting = TrainerProcess.Start("wait");
        waiting.Send(Order(other, TestSpecs.Shapes(epochs: 1), "--threads", "2"));
        await waiting.EndAsync();
        await TerminateAsync(waiting);
        await waiting.ExpectExitAsync(TrainerExitCode.Stopped);
    }

    [Fact]
    public async Task Input_ThatEndsWithoutAnOrder_EndsTheTrainer()
    {
        await using var trainer = TrainerProcess.Start("wait");
        trainer.CloseInput();
        await trainer.ExpectExitAsync(TrainerExitCode.Finished);
        Assert.Empty(trainer.Lines);
        Assert.Empty(await trainer.ErrorsAsync());
    }

    [Theory]
    [InlineData("train", TrainerExitCode.Usage)]
    [InlineData("""{ "directory": "/nowhere", "arguments": ["train"] }""", TrainerExitCode.NoInput)]
    [InlineData("""{ "directory": "/", "arguments": ["train"] }""", TrainerExitCode.Usage)]
    public async Task Order_ThatCannotBeCarriedOut_IsReportedAndEndsTheTrainer(string order, int exitCode)
    {
        await using var trainer = TrainerProcess.Start("wait");
        trainer.Send(order);
        await trainer.ExpectExitAsync(exitCode);
        Assert.NotEmpty(await trainer.ErrorsAsync());
    }

    private static async Task TerminateAsync(TrainerProcess trainer)
    {
        using var kill = Process.Start("kill", ["-TERM", trainer.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
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
