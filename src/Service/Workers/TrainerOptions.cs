using System.ComponentModel.DataAnnotations;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>The trainer and its arguments: configuration section <c>Trainer</c>.</summary>
internal sealed class TrainerOptions
{
    public const string Section = "Trainer";

    /// <summary>Path of the <c>trainer</c> executable. Default: looked for beside the service, see <see cref="TrainerLocation"/>.</summary>
    public string? Path { get; set; }

    // Threads of one trainer. Default 0: the processor's cores divided by the worker's slots, or one for a network whose operations are too short for more. From 0 to 1,024.
    [Range(0, 1024)]
    public int Threads { get; set; }

    // How much sooner than other processes the out-of-memory killer of Linux ends a trainer (its oom_score_adj), so that it spares the service and the
    // database. Default 500, from 0 (as any other process) to 1,000 (always first).
    [Range(0, 1000)]
    public int OomScoreAdjust { get; set; } = 500;

    // Megabytes (of 1,048,576 bytes) of memory that a trainer may use; one that uses more is ended, and its run fails as out of memory. Default 0: the memory of
    // the machine or of its control group, less 1,024 for the service and the database, divided by the worker's slots. From 0 to 16,777,216.
    [Range(0, 16_777_216)]
    public long MemoryMegabytes { get; set; }

    // Folder with datasets, given to every trainer; a relative path starts at the service's current folder, not at that of a run. Default: the setting
    // Datasets:Folder, else the trainer's own choice.
    public string? Datasets
    {
        get;
        set => field = string.IsNullOrEmpty(value) ? null : System.IO.Path.GetFullPath(value);
    }

    /// <summary>The folder of datasets as arguments of a trainer; none where it is not set.</summary>
    public IReadOnlyList<string> DatasetsArguments => Datasets is { } folder ? ["--datasets", folder] : [];
}

/// <summary>Settings of an attempt: the trainer's executable, the run's own folder (the same for all its attempts), and the options in force.</summary>
internal sealed record AttemptSettings(string Executable, string Folder, WorkerOptions Worker, TrainerOptions Trainer, QueueOptions Queue)
{
    /// <summary>Runs that share this machine with it, and itself: the worker's slots, or 1 where it takes all of them.</summary>
    public int Sharing { get; init; } = Worker.SlotCount;

    /// <summary>Threads of one operation; at most, unless <see cref="HasExactThreads"/>.</summary>
    public int Threads => Trainer.Threads > 0 ? Trainer.Threads : Math.Max(1, Environment.ProcessorCount / Sharing);

    /// <summary>Whether the threads were set, or measured for the slots, and the trainer must not choose fewer.</summary>
    public bool HasExactThreads => Trainer.Threads > 0 || Worker.HasAutoSlots;

    /// <summary>Memory that the trainer may use.</summary>
    public long MemoryBytes => TrainerMemory.Limit(Trainer, Sharing);
}
