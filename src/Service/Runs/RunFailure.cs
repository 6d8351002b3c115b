using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>Why a run failed.</summary>
public sealed record RunFailure
{
    /// <summary>Kind of failure.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>What happened, and what to do about it.</summary>
    public required string Message { get; init; }
}
