namespace Trainyard.Service.SystemInfo;

/// <summary>What is at work.</summary>
public sealed record SystemStatus
{
    /// <summary>Version of the service.</summary>
    public required string Version { get; init; }

    /// <summary>The tensor engine of a worker; null while no worker has reported one.</summary>
    public required EngineInfo? Engine { get; init; }

    /// <summary>The database.</summary>
    public required StoreInfo Store { get; init; }

    /// <summary>Parts that this process runs: all, api or worker.</summary>
    public required string Role { get; init; }

    /// <summary>When this process started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether this process can train runs; null in a process of role api.</summary>
    public required TrainerState? Trainer { get; init; }

    /// <summary>Workers that were seen lately, newest first.</summary>
    public required IReadOnlyList<WorkerInfo> Workers { get; init; }

    /// <summary>Runs in work.</summary>
    public required QueueInfo Queue { get; init; }
}

/// <summary>Whether a process can train runs.</summary>
public sealed record TrainerState
{
    /// <summary>Whether its trainer works.</summary>
    public required bool Ready { get; init; }

    /// <summary>Why not; null when it works, and while it is checked for the first time.</summary>
    public required string? Reason { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }
}
