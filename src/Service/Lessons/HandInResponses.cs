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

/// <summary>The runs that were handed in for a round of a lesson.</summary>
public sealed record HandInList
{
    /// <summary>Number of the round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>Number of the latest round, which runs are handed in for.</summary>
    public required int LatestRound { get; init; }

    /// <summary>When the test set was opened for the round, UTC; null: not yet.</summary>
    public required DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Who opened it; null without authentication.</summary>
    public required string? OpenedBy { get; init; }

    /// <summary>What counts: one run of each person; without authentication, every run. In rankings by dataset, the best validation accuracy first.</summary>
    public required IReadOnlyList<HandInEntry> Items { get; init; }

    /// <summary>What was replaced or withdrawn, latest first, at most 200.</summary>
    public required IReadOnlyList<HandInEntry> Earlier { get; init; }
}

/// <summary>A run that was handed in, with the figures of the network that it was then.</summary>
public sealed record HandInEntry
{
    /// <summary>Place in the ranking of its dataset, from 1; null for one that does not count.</summary>
    public required int? Rank { get; init; }

    /// <summary>Id of the run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its state now; null if it was deleted.</summary>
    public required RunState? State { get; init; }

    /// <summary>Whose run it is; null without authentication.</summary>
    public required string? Owner { get; init; }

    /// <summary>Who handed it in: its owner or an administrator; null without authentication.</summary>
    public required string? HandedInBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was replaced or withdrawn, UTC; null for one that counts.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it does not count; null for one that does.</summary>
    public required HandInEnding? Ending { get; init; }

    /// <summary>Dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Epochs of training.</summary>
    public required int Epochs { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Validation accuracy of its last epoch, which the ranking goes by; null without one.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>SHA-256 of its checkpoint, 64 hexadecimal digits; null without one.</summary>
    public required string? CheckpointSha256 { get; init; }

    /// <summary>Number of claims of the lesson that hold.</summary>
    public required int Held { get; init; }

    /// <summary>Number of claims of the lesson.</summary>
    public required int Claims { get; init; }

    /// <summary>Whether its owner may have known its test score before the opening: it, or a run of theirs with equal settings and seed, was evaluated on the test set.</summary>
    public required bool TestSeen { get; init; }

    /// <summary>Where the evaluation of the test set is.</summary>
    public required HandInTest Test { get; init; }

    /// <summary>Test accuracy; null until it is measured.</summary>
    public required double? TestAccuracy { get; init; }
}

/// <summary>Where the evaluation of the test set for a run that was handed in is.</summary>
public enum HandInTest
{
    /// <summary>The test set is not opened.</summary>
    Closed,

    /// <summary>It could not be queued, or its evaluation has failed: opening again goes on with it.</summary>
    Left,

    /// <summary>It is queued or being evaluated.</summary>
    Running,

    /// <summary>It is measured.</summary>
    Measured,

    /// <summary>The run was deleted before.</summary>
    Deleted,
}
