using Trainyard.Service.Queue;
using Trainyard.Service.Workers;

namespace Trainyard.Service.Tests.Workers;

/// <summary>The threads that a worker gives its trainers.</summary>
public sealed class TrainerThreadsTests
{
    // threads: 0: not set. expected: 0: the processors, shared by the slots.
    [Theory]
    [InlineData(0, "1", 0, false)]
    [InlineData(0, "2", 0, false)]
    [InlineData(3, "1", 3, true)]
    [InlineData(3, "auto", 3, true)]
    [InlineData(0, "auto", 1, true)]
    public void Threads_BySetting_AreExactOrTheMost(int threads, string slots, int expected, bool isExact)
    {
        var worker = new WorkerOptions { Slots = slots };
        var settings = new AttemptSettings("trainer", "folder", worker, new TrainerOptions { Threads = threads }, new QueueOptions());

        Assert.Equal(expected > 0 ? expected : Math.Max(1, Environment.ProcessorCount / worker.SlotCount), settings.Threads);
        Assert.Equal(isExact, settings.HasExactThreads);
    }

    [Fact]
    public void Threads_ARunThatTakesAllSlots_HasAllProcessors()
    {
        var settings = new AttemptSettings("trainer", "folder", new WorkerOptions { Slots = "2" }, new TrainerOptions(), new QueueOptions()) { Sharing = 1 };
        Assert.Equal(Environment.ProcessorCount, settings.Threads);
    }
}
