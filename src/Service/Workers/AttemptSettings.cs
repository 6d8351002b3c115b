using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

/// <summary>What an attempt needs to know beside the run.</summary>
internal sealed record AttemptSettings
{
    /// <summary>The trainer.</summary>
    public required string Executable { get; init; }

    /// <summary>The run's own folder, the same for all its attempts.</summary>
    public required string Folder { get; init; }

    /// <summary>Threads of one operation.</summary>
    public required int Threads { get; init; }

    /// <summary>Folder with datasets; null: the trainer's own choice.</summary>
    public required string? Datasets { get; init; }

    /// <summary>Time for a checkpoint after a request to stop.</summary>
    public required TimeSpan StopGrace { get; init; }

    /// <summary>Time without a line after which the trainer is taken for hung.</summary>
    public required TimeSpan Silence { get; init; }

    /// <summary>Retries and backoff.</summary>
    public required QueueOptions Queue { get; init; }
}
