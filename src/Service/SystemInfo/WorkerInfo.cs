namespace Trainyard.Service.SystemInfo;

/// <summary>A process that trains.</summary>
public sealed record WorkerInfo
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its machine.</summary>
    public required string Host { get; init; }

    /// <summary>Queues that it takes runs from.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Runs that it trains at once.</summary>
    public required int Slots { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last sign of life, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether the last sign of life is recent.</summary>
    public required bool Alive { get; init; }
}
