using System.Text.Json;

namespace Trainyard.Service.SystemInfo;

/// <summary>Status of the installation.</summary>
public sealed record SystemStatus
{
    /// <summary>Version of the service.</summary>
    public required string Version { get; init; }

    /// <summary>Tensor engine of the workers; null until a worker has reported it.</summary>
    public required EngineInfo? Engine { get; init; }

    /// <summary>Database.</summary>
    public required StoreInfo Store { get; init; }

    /// <summary>Role of this process: all, api or worker.</summary>
    public required string Role { get; init; }

    /// <summary>Start of this process, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether this process can train runs; null in a process of role api.</summary>
    public required TrainerState? Trainer { get; init; }

    /// <summary>Workers with a heartbeat in the last 24 hours, latest start first.</summary>
    public required IReadOnlyList<WorkerInfo> Workers { get; init; }

    /// <summary>Queued and running runs.</summary>
    public required QueueInfo Queue { get; init; }
}

/// <summary>A tensor engine.</summary>
public sealed record EngineInfo
{
    /// <summary>NuGet package, such as <c>TorchSharp-cpu</c>.</summary>
    public required string Package { get; init; }

    /// <summary>Version of TorchSharp.</summary>
    public required string Version { get; init; }

    /// <summary>Version of libtorch.</summary>
    public required string Libtorch { get; init; }

    // From the output of "trainer info".
    internal static EngineInfo? From(JsonElement? info) =>
        Text(info, "package") is { } package && Text(info, "version") is { } version && Text(info, "libtorch") is { } libtorch
            ? new EngineInfo { Package = package, Version = version, Libtorch = libtorch }
            : null;

    // From what a worker with slots=auto adds to it.
    internal static double? OneThreadFlops(JsonElement? info) => info is { ValueKind: JsonValueKind.Object } element
        && element.TryGetProperty("slotPlan", out var plan) && plan.TryGetProperty("oneThreadFlops", out var flops) ? flops.GetDouble() : null;

    private static string? Text(JsonElement? info, string member) =>
        info is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>Database.</summary>
public sealed record StoreInfo
{
    /// <summary>embedded: the private server in the data folder; external: the server of the connection string.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of PostgreSQL, such as <c>15.18</c>.</summary>
    public required string Version { get; init; }
}

/// <summary>Whether a process can train runs.</summary>
public sealed record TrainerState
{
    /// <summary>Whether its trainer works.</summary>
    public required bool Ready { get; init; }

    /// <summary>Why not; null if it works, and while it is checked for the first time.</summary>
    public required string? Reason { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>A worker process.</summary>
public sealed record WorkerInfo
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Host name.</summary>
    public required string Host { get; init; }

    /// <summary>Queues that it serves.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Number of runs that it trains in parallel.</summary>
    public required int Slots { get; init; }

    /// <summary>With <c>slots=auto</c>: runs whose updates have fewer floating-point operations take one slot and one thread, the others take all. Null: each takes one.</summary>
    public required double? OneThreadFlops { get; init; }

    /// <summary>Memory that one of its runs may use, in bytes; null if it has not reported it.</summary>
    public required long? MemoryBytes { get; init; }

    /// <summary>Start, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Last heartbeat, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether the last heartbeat is recent.</summary>
    public required bool Alive { get; init; }

    /// <summary>Why it claims no runs now, such as a data folder that cannot be written; null if it does.</summary>
    public required string? Problem { get; init; }
}

/// <summary>Numbers of queued and running runs.</summary>
public sealed record QueueInfo
{
    /// <summary>Runs that wait for a worker.</summary>
    public required int Queued { get; init; }

    /// <summary>Queued runs whose queue no connected worker serves.</summary>
    public required int WithoutWorker { get; init; }

    /// <summary>Runs that are held by a worker.</summary>
    public required int Running { get; init; }
}
