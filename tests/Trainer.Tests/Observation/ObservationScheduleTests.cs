using Trainyard.Specs.Spec;
using Trainyard.Trainer.Observation;

namespace Trainyard.Trainer.Tests.Observation;

public sealed class ObservationScheduleTests
{
    [Fact]
    public void Includes_DefaultInterval_ObservesEarlyEpochsThenIncreasinglyRarely()
    {
        int[] observed = [.. Epochs(new ObservationSpec { EveryEpochs = null, Histograms = true }, 1000)];
        Assert.Equal(Enumerable.Range(0, 21), observed[..21]);
        Assert.Equal(1000, observed[^1]);
        Assert.InRange(observed.Length, 70, 100);
        int[] distances = [.. observed[..^1].Zip(observed.Skip(1), (earlier, later) => later - earlier)];
        Assert.Equal(distances[..^1].Order(), distances[..^1]);
    }

    [Fact]
    public void Includes_EveryThird_ObservesThoseAndTheLast() =>
        Assert.Equal([0, 3, 6, 7], Epochs(new ObservationSpec { EveryEpochs = 3, Histograms = false }, 7));

    [Fact]
    public void Includes_Off_ObservesNothing() => Assert.Empty(Epochs(null, 10));

    private static IEnumerable<int> Epochs(ObservationSpec? spec, int epochs)
    {
        var schedule = new ObservationSchedule(spec, epochs);
        return Enumerable.Range(0, epochs + 1).Where(schedule.Includes);
    }
}
