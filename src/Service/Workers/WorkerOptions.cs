using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Trainyard.Service.Workers;

/// <summary>Settings of a process that trains: configuration section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>Queues that runs are taken from, separated by commas, each in turn: <c>cpu</c>, <c>cuda</c>. Default: cpu.</summary>
    [RegularExpression("^(cpu|cuda)(,(cpu|cuda))?$", ErrorMessage = "Worker:Queues must be cpu, cuda, or both with a comma between.")]
    public string Queues { get; set; } = "cpu";

    // Runs that are trained at once, each in a process of its own: 1 to 64, or auto. With auto there is a slot for each core; runs whose updates gain little from more
    // threads take one slot and one thread, the others take all. Which these are is measured at the first start. Default 1.
    [RegularExpression("^(auto|[1-9]|[1-5][0-9]|6[0-4])$", ErrorMessage = "Worker:Slots must be auto, or from 1 to 64.")]
    public string Slots { get; set; } = "1";

    // Seconds that a trainer has for its checkpoint after a request to stop, before it is killed. It must fit into the host's shutdown timeout of 30 s. Default
    // 15, from 0 to 25.
    [Range(0.0, 25.0)]
    public double StopGraceSeconds { get; set; } = 15;

    /// <summary>Seconds without an event from a trainer after which it counts as hung and is killed. Default 600, from 1 to 86,400.</summary>
    [Range(1.0, 86_400.0)]
    public double SilenceSeconds { get; set; } = 600;

    /// <summary>Seconds between heartbeats in the workers table. Default 10, from 0.1 to 20.</summary>
    [Range(0.1, 20.0)]
    public double HeartbeatSeconds { get; set; } = 10;

    // Megabytes that must be free on the disk of the data folder; while there are fewer, this process claims no runs. Default 100, from 0 to 1,000,000.
    [Range(0, 1_000_000)]
    public int MinFreeMegabytes { get; set; } = 100;

    // Seconds that a trainer whose run has ended waits for the next one, which then makes its first update about 0.6 s sooner. Each slot has one at most, which takes some
    // 250 MB; where memory is short it is ended sooner. 0: each run has a process of its own. Default 60, from 0 to 3,600.
    [Range(0.0, 3600.0)]
    public double KeepTrainerSeconds { get; set; } = 60;

    public bool HasAutoSlots => Slots == "auto";

    public int SlotCount => HasAutoSlots ? Math.Min(64, Environment.ProcessorCount) : int.Parse(Slots, CultureInfo.InvariantCulture);

    public IReadOnlyList<string> QueueList => Queues.Split(',');

    public TimeSpan StopGrace => TimeSpan.FromSeconds(StopGraceSeconds);

    public TimeSpan Silence => TimeSpan.FromSeconds(SilenceSeconds);

    public TimeSpan KeepTrainer => TimeSpan.FromSeconds(KeepTrainerSeconds);

    public TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatSeconds);
}
