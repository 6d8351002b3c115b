using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

public sealed class ProgressReporterTests : IDisposable
{
    private const int TotalSteps = 100;

    private readonly FakeTimeProvider clock = new();
    private readonly MemoryStream output = new();
    private readonly ProgressReporter progress;

    public ProgressReporterTests()
    {
        progress = new ProgressReporter(new EventWriter(output, clock), clock, TotalSteps);
        progress.Restart(new Meter.Reading(0, 0, 0));
    }

    public void Dispose() => output.Dispose();

    [Fact]
    public void IsDue_AtTheFirstStepAndThenFourTimesASecond()
    {
        Assert.True(progress.IsDue);
        Report(1);
        for (var step = 2; step < 10; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(249));
            Assert.False(progress.IsDue);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(progress.IsDue);
            Report(step);
        }
    }

    [Fact]
    public void Report_LossAccuracyAndSpeed_AreOfTheStepsSinceTheLastReport()
    {
        clock.Advance(TimeSpan.FromSeconds(2));
        progress.Report(1, 1, new Meter.Reading(30, 4, 20), TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(0.5));
        progress.Report(1, 5, new Meter.Reading(50, 64, 100), TimeSpan.FromSeconds(2.5));
        Assert.Equal(
            [(1, 1L, 1.5, 0.2, 10.0, 2.0), (1, 5L, 0.25, 0.75, 160.0, 2.5)],
            Reported().Select(it => (it.Epoch, it.Step, it.TrainLoss!.Value, it.TrainAccuracy!.Value, it.ImagesPerSecond, it.ElapsedSeconds)));
    }

    [Fact]
    public void Report_LossThatIsNotANumber_IsNull()
    {
        Report(1, new Meter.Reading(double.NaN, 0, 10));
        Assert.Null(Assert.Single(Reported()).TrainLoss);
    }

    // Ten steps in a second after a first one of a minute, then forty in three.
    [Fact]
    public void Report_RemainingSeconds_FollowThePaceAfterTheFirstStep()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        Report(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        Report(11);
        clock.Advance(TimeSpan.FromSeconds(3));
        Report(51);
        clock.Advance(TimeSpan.FromSeconds(4));
        Report(TotalSteps);
        Assert.Equal([null, 8.9, 3.92, 0], Reported().Select(it => it.RemainingSeconds is { } seconds ? Math.Round(seconds, 9) : (double?)null));
    }

    private void Report(long step) => Report(step, new Meter.Reading(step, step, 10 * step));

    private void Report(long step, Meter.Reading sums) => progress.Report(1, step, sums, TimeSpan.Zero);

    private IEnumerable<ProgressEvent> Reported() =>
        Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (ProgressEvent)JsonSerializer.Deserialize<TrainerLine>(line, SpecJson.Options)!.Event);
}
