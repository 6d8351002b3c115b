namespace Trainyard.Specs.Events;

/// <summary>One line of a trainer's standard output.</summary>
public sealed record TrainerLine
{
    /// <summary>Counts from 1 in each trainer process, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required RunEvent Event { get; init; }
}
