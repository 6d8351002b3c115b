namespace Trainyard.Service.SystemInfo;

/// <summary>Runs in work.</summary>
public sealed record QueueInfo
{
    /// <summary>Runs that wait for a worker.</summary>
    public required int Queued { get; init; }

    /// <summary>Runs that a worker holds.</summary>
    public required int Running { get; init; }
}
