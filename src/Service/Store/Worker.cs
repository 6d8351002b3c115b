using System.Text.Json;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>workers</c>: a process that trains, as long as it says so.</summary>
internal sealed class Worker
{
    public required string Id { get; init; }

    public required string Host { get; init; }

    /// <summary>Its process; null: of a version that holds no lock.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Queues that it takes runs from.</summary>
    public required string[] Queues { get; init; }

    /// <summary>Runs that it trains at once.</summary>
    public required int Slots { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Last sign of life.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>What its trainer can do, as <c>trainer info</c> prints it.</summary>
    public JsonElement? Engine { get; init; }
}
