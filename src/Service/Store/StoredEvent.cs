using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>run_events</c>; written by <see cref="EventLog"/> only.</summary>
internal sealed class StoredEvent
{
    public required Guid RunId { get; init; }

    /// <summary>From 1, without gaps, in the order of the run's history.</summary>
    public required long Seq { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The discriminator of <see cref="Data"/>, as in <c>epoch</c>.</summary>
    public required string Type { get; init; }

    public required RunEvent Data { get; init; }
}
