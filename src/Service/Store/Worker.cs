using System.Text.Json;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>workers</c>: a process that trains runs.</summary>
internal sealed class Worker
{
    public required string Id { get; init; }

    public required string Host { get; init; }
    public required int ProcessId { get; init; }

    /// <summary>Pid namespace of the process; null where the system has none.</summary>
    public string? PidNamespace { get; init; }

    public required string[] Queues { get; init; }

    /// <summary>Runs that it trains at once.</summary>
    public required int Slots { get; init; }

    /// <summary>Memory that one of its trainers may use.</summary>
    public long? MemoryBytes { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The output of <c>trainer info</c>.</summary>
    public JsonElement? Engine { get; init; }

    /// <summary>Why it claims no runs now; null: it does.</summary>
    public string? Problem { get; init; }
}
