using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>One event of a run as it was stored.</summary>
internal sealed record RunEventEntry
{
    /// <summary>Counts the run's events from 1, without gaps; the cursor of every stream.</summary>
    public required long Seq { get; init; }

    /// <summary>The attempt that it happened in; 0 before the first claim.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required RunEvent Event { get; init; }
}
