using System.Diagnostics;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Tests.Checkpoints;

namespace Trainyard.Trainer.Tests.Training;

/// <summary>Same seed and threads: the same numbers, bit for bit, whatever happens in between.</summary>
[Trait("Needs", "process")]
public sealed class RepeatabilityTests
{
    private static readonly string Spec = TestSpecs.Shapes(epochs: 6, trainSamples: 1500);

    [Fact]
    public async Task Train_Twice_GivesTheSameNumbersBitForBit()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        await using var one = await TrainerProcess.RunAsync(first, Spec, 0);
        await using var two = await TrainerProcess.RunAsync(second, Spec, 0);
        AssertSame(first, Numbers(one), second, Numbers(two));

        using var third = new TemporaryFolder();
        await using var other = await TrainerProcess.RunAsync(third, Spec.Replace("\"seed\": 5", "\"seed\": 6", StringComparison.Ordinal), 0);
        Assert.NotEqual(Numbers(one), Numbers(other));
    }

    [Fact]
    public async Task Train_StoppedInMidEpochAndResumed_EqualsUninterrupted()
    {
        using var reference = new TemporaryFolder();
        await using var whole = await TrainerProcess.RunAsync(reference, Spec, 0);

        using var folder = new TemporaryFolder();
        var numbers = new List<string>();
        await using (var trainer = TrainerProcess.Train(folder, Spec, "--checkpoint-seconds", "0"))
        {
            await trainer.NextAsync<CheckpointEvent>(saved => saved.Epoch >= 1 && saved.Step % 38 == 5);
            trainer.Send("stop");
            await trainer.ExpectExitAsync(10);
            AssertStopped(trainer, "stop");
            numbers.AddRange(Numbers(trainer));
        }

        var cursor = Trainer.Checkpoints.CheckpointFile.Open(CheckpointContent.Newest(folder)).Header.Cursor;
        Assert.True(cursor.StepInEpoch > 0, "The stop was meant to fall into an epoch.");

        await using var resumed = await TrainerProcess.RunAsync(folder, Spec, 0, "--resume");
        Assert.Equal(cursor.Step, resumed.Events.OfType<StartedEvent>().Single().ResumedFromStep);
        AssertSame(reference, Numbers(whole), folder, [.. numbers, .. Numbers(resumed)]);
    }

    [Fact]
    public async Task Train_KilledAfterACheckpointAndResumed_EqualsUninterrupted()
    {
        using var reference = new TemporaryFolder();
        await using var whole = await TrainerProcess.RunAsync(reference, Spec, 0);

        using var folder = new TemporaryFolder();
        await using (var trainer = TrainerProcess.Train(folder, Spec, "--checkpoint-seconds", "0"))
        {
            await trainer.NextAsync<CheckpointEvent>(saved => saved.Epoch >= 1 && saved.Step % 38 == 5);
            trainer.Kill();
            Assert.Equal(137, await trainer.ExitAsync());
        }

        await using var resumed = await TrainerProcess.RunAsync(folder, Spec, 0, "--resume");
        var from = resumed.Events.OfType<StartedEvent>().Single().ResumedFromStep;
        Assert.InRange(from, 43, 227);
        AssertSame(reference, [.. Numbers(whole).Skip((int)(from / 38))], folder, Numbers(resumed));
    }

    [Fact]
    public async Task Resume_AfterTheLastEpoch_OnlyFinishes()
    {
        using var folder = new TemporaryFolder();
        await using var whole = await TrainerProcess.RunAsync(folder, Spec, 0);
        await using var again = await TrainerProcess.RunAsync(folder, Spec, 0, "--resume");
        Assert.Empty(again.Events.OfType<EpochEvent>());
        var (first, second) = (whole.Events.OfType<FinishedEvent>().Single(), again.Events.OfType<FinishedEvent>().Single());
        Assert.Equal((first.BestEpoch, first.TestLoss, first.TestAccuracy), (second.BestEpoch, second.TestLoss, second.TestAccuracy));
    }

    [Fact]
    public async Task Train_Terminated_StopsWithACheckpoint()
    {
        using var folder = new TemporaryFolder();
        await using var trainer = TrainerProcess.Train(folder, TestSpecs.Shapes(epochs: 500));
        await trainer.NextAsync<ProgressEvent>();
        using (var kill = Process.Start("kill", ["-TERM", $"{trainer.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await trainer.ExpectExitAsync(10);
        AssertStopped(trainer, "stop");
    }

    private static void AssertStopped(TrainerProcess trainer, string request)
    {
        var checkpoint = Assert.IsType<CheckpointEvent>(trainer.Lines[^2].Event);
        var stopped = Assert.IsType<StoppedEvent>(trainer.Lines[^1].Event);
        Assert.Equal((request, checkpoint.Step), (stopped.Request, stopped.Step));
    }

    private static void AssertSame(TemporaryFolder expectedFolder, string[] expected, TemporaryFolder actualFolder, string[] actual)
    {
        Assert.Equal(expected, actual);
        Assert.Equal(
            CheckpointContent.TensorsSha256(CheckpointContent.Newest(expectedFolder)),
            CheckpointContent.TensorsSha256(CheckpointContent.Newest(actualFolder)));
    }

    // Every number of a run that is not a time.
    private static string[] Numbers(TrainerProcess trainer) =>
    [
        .. trainer.Events.OfType<EpochEvent>()
            .Select(epoch => $"{epoch.Epoch} {epoch.Step} {epoch.TrainLoss:R} {epoch.TrainAccuracy:R} {epoch.ValidationLoss:R} {epoch.ValidationAccuracy:R}"),
        .. trainer.Events.OfType<FinishedEvent>()
            .Select(finished => $"{finished.Steps} {finished.BestEpoch} {finished.BestValidationAccuracy:R} {finished.TestLoss:R} {finished.TestAccuracy:R}"),
    ];
}
