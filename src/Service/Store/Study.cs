using System.Text.Json;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>studies</c>. The columns are explained in <c>migrations/V0006__studies.sql</c>.</summary>
internal sealed class Study
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string Notes { get; init; } = "";

    public string? CreatedBy { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? RequestSha256 { get; init; }

    public StudyState State { get; set; }

    public string? EndReason { get; set; }

    public string? WaitsFor { get; set; }

    public required JsonElement Definition { get; init; }

    /// <summary>How many trials there are to be.</summary>
    public required int Trials { get; set; }

    /// <summary>How many there are.</summary>
    public int Proposed { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>State of a study; stored and sent in snake_case.</summary>
public enum StudyState
{
    /// <summary>Proposes trials and trains them.</summary>
    Running,

    /// <summary>Proposes no trials; its runs are paused.</summary>
    Paused,

    /// <summary>Proposes no trials; those that are training end.</summary>
    Stopping,

    /// <summary>Its runs are being cancelled.</summary>
    Cancelling,

    /// <summary>All trials, or a budget, are used up.</summary>
    Completed,

    /// <summary>Stopped by a user before its end.</summary>
    Stopped,

    /// <summary>Cancelled by a user.</summary>
    Cancelled,

    /// <summary>No trial can be trained.</summary>
    Failed,
}

/// <summary>Row of table <c>trials</c>.</summary>
internal sealed class Trial
{
    public required Guid StudyId { get; init; }

    /// <summary>From 0.</summary>
    public required int Number { get; init; }

    public TrialState State { get; set; }

    /// <summary>The value of each active parameter, by name.</summary>
    public required JsonElement Assignment { get; init; }

    public required int Epochs { get; init; }

    public required double EpochFlops { get; init; }

    /// <summary>study: its runs are paused with the study; release: they are being resumed.</summary>
    public string? Hold { get; set; }

    /// <summary>Epoch up to which early stopping has decided about it.</summary>
    public int Decided { get; set; }

    public double? Value { get; set; }

    public JsonElement? SeedValues { get; set; }

    public JsonElement? Curve { get; set; }

    public double? Seconds { get; set; }

    public double? Flops { get; set; }

    public JsonElement? Problem { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>Row of table <c>test_looks</c>: the test set was opened for a study.</summary>
internal sealed class TestLook
{
    public required Guid StudyId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required int Trial { get; init; }

    public string? RequestedBy { get; init; }

    public required DateTimeOffset At { get; init; }
}
