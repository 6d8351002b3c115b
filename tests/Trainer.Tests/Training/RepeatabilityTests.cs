using System.Diagnostics;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Tests.Checkpoints;

namespace Trainyard.Trainer.Tests.Training;

/// <summary>Same seed and threads: the same numbers, bit for bit, whatever happens in between.</summary>
[Trait("Needs", "process")]
public sealed class RepeatabilityTests(RepeatabilityTests.Uninterrupted reference) : IClassFixture<RepeatabilityTests.Uninterrupted>
{
    private static readonly string Spec = TestSpecs.Shapes(epochs: 6, trainSamples: 1500);

    [Fact]
    public async Task Train_Twice_GivesTheSameNumbersBitForBit()
    {
        using var second = new TemporaryFolder();
        await using var two = await TrainerProcess.RunAsync(second, Spec, 0);
        AssertSame(reference.Numbers, second, Numbers(two));

        using var third = new TemporaryFolder();
        await using var other = await TrainerProcess.RunAsync(third, Spec.Replace("\"seed\": 5", "\"seed\": 6", StringComparison.Ordinal), 0);
        Assert.NotEqual(reference.Numbers, Numbers(other));
    }

    [Fact]
    public async Task Train_StoppedInMidEpochAndResumed_EqualsUninterrupted()
    {
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
        AssertSame(reference.Numbers, folder, [.. numbers, .. Numbers(resumed)]);
    }

    [Fact]
    public async Task Train_KilledAfterACheckpointAndResumed_EqualsUninterrupted()
    {
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
        AssertSame([.. reference.Numbers.Skip((int)(from / 38))], folder, Numbers(resumed));
    }

    [Fact]
    public async Task Resume_AfterTheLastEpoch_OnlyFinishes()
    {
        var spec = TestSpecs.Shapes(epochs: 2);
        using var folder = new TemporaryFolder();
        await using var whole = await TrainerProcess.RunAsync(folder, spec, 0);
        await using var again = await TrainerProcess.RunAsync(folder, spec, 0, "--resume");
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

    private void AssertSame(string[] expected, TemporaryFolder folder, string[] actual)
    {
        Assert.Equal(expected, actual);
        Assert.Equal(reference.TensorsSha256, CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)));
    }

    // Every number of a run that is not a time.
    private static string[] Numbers(TrainerProcess trainer) =>
    [
        .. trainer.Events.OfType<EpochEvent>()
            .Select(epoch => $"{epoch.Epoch} {epoch.Step} {epoch.TrainLoss:R} {epoch.TrainAccuracy:R} {epoch.ValidationLoss:R} {epoch.ValidationAccuracy:R}"),
        .. trainer.Events.OfType<FinishedEvent>()
            .Select(finished => $"{finished.Steps} {finished.BestEpoch} {finished.BestValidationAccuracy:R} {finished.TestLoss:R} {finished.TestAccuracy:R}"),
    ];

    /// <summary>The run that nothing happened to; trained once.</summary>
    public sealed class Uninterrupted : IAsyncLifetime
    {
        internal string[] Numbers { get; private set; } = [];

        internal string TensorsSha256 { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            using var folder = new TemporaryFolder();
            await using var trainer = await TrainerProcess.RunAsync(folder, Spec, 0);
            (Numbers, TensorsSha256) = (RepeatabilityTests.Numbers(trainer), CheckpointContent.TensorsSha256(CheckpointContent.Newest(folder)));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
