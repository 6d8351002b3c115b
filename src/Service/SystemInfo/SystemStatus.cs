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

    /// <summary>Workers that were seen lately, newest first.</summary>
    public required IReadOnlyList<WorkerInfo> Workers { get; init; }

    /// <summary>Runs in work.</summary>
    public required QueueInfo Queue { get; init; }
}
