using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Lessons;

/// <summary>Hands in a run.</summary>
public sealed record HandInRequest
{
    /// <summary>Id of the run.</summary>
    [Text(36, 36)]
    public required string Run { get; init; }
}

/// <summary>The runs that were handed in for a lesson.</summary>
public sealed record HandInList
{
    /// <summary>When the test set was opened, UTC; null: not yet.</summary>
    public required DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Who opened it; null without authentication.</summary>
    public required string? OpenedBy { get; init; }

    /// <summary>Runs, the one with the best validation accuracy first.</summary>
    public required IReadOnlyList<HandInEntry> Items { get; init; }
}

/// <summary>A run that was handed in.</summary>
public sealed record HandInEntry
{
    /// <summary>Id of the run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required RunState State { get; init; }

    /// <summary>Who handed it in; null without authentication.</summary>
    public required string? HandedInBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Validation accuracy of its last epoch, which the ranking goes by; null without one.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Test accuracy; null until the test set is opened and the run is evaluated.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double? Seconds { get; init; }
}
