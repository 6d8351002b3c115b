using System.Text.Json;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>hand_in_rounds</c>: runs are handed in for a round of a lesson until its test set is opened.</summary>
internal sealed class HandInRound
{
    public required string Lesson { get; init; }

    /// <summary>From 1.</summary>
    public required int Round { get; init; }

    public string? BegunBy { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    public string? OpenedBy { get; set; }

    /// <summary>Null: the test set is closed.</summary>
    public DateTimeOffset? OpenedAt { get; set; }
}

/// <summary>Row of table <c>hand_ins</c>. The columns are explained in <c>migrations/V0011__hand_ins.sql</c>.</summary>
internal sealed class HandIn
{
    public required Guid Id { get; init; }

    public required string Lesson { get; init; }

    public int Round { get; set; }

    /// <summary>The run; it may have been deleted.</summary>
    public required Guid RunId { get; init; }

    public required string Name { get; init; }

    /// <summary>Whose run it is; null without authentication.</summary>
    public string? Owner { get; init; }

    public string? HandedInBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null: it counts.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public HandInEnding? Ending { get; init; }

    public required string Dataset { get; init; }

    public required int Epochs { get; init; }

    public double? Seconds { get; init; }

    /// <summary>Of the last epoch.</summary>
    public double? ValidationAccuracy { get; init; }

    public string? CheckpointSha256 { get; init; }

    /// <summary>Verdict of each claim when it was handed in.</summary>
    public required JsonElement Claims { get; init; }

    /// <summary>Whether its test score was known before the opening.</summary>
    public bool TestSeen { get; init; }

    /// <summary>Null: not measured since the opening.</summary>
    public double? TestAccuracy { get; init; }
}

/// <summary>Why a run that was handed in does not count; stored and sent in snake_case.</summary>
public enum HandInEnding
{
    /// <summary>Its owner handed in another one.</summary>
    Replaced,

    /// <summary>It was withdrawn.</summary>
    Withdrawn,
}
