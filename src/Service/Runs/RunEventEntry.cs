using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>An event of a run, as it is stored.</summary>
public sealed record RunEventEntry
{
    /// <summary>Position in the run's history, from 1, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The attempt that it belongs to; 0 before the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required RunEvent Event { get; init; }
}
