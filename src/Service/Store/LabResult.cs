using System.Text.Json;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>lab_results</c>. The columns are explained in <c>migrations/V0009__labs.sql</c>.</summary>
internal sealed class LabResult
{
    public required Guid Id { get; init; }

    public required string Lab { get; init; }

    public required JsonElement Request { get; init; }

    public required string RequestSha256 { get; init; }

    public string? CreatedBy { get; init; }

    public LabState State { get; set; }

    public int Attempt { get; set; }

    public int Lost { get; set; }

    public string? Worker { get; set; }

    public DateTimeOffset? LeaseExpiresAt { get; set; }

    public JsonElement? Result { get; set; }

    public string? FailureClass { get; set; }

    public string? FailureCode { get; set; }

    public JsonElement? FailureArguments { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset UsedAt { get; set; }
}

/// <summary>State of the answer to a request of a lab; stored and sent in snake_case.</summary>
public enum LabState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A trainer works on it.</summary>
    Running,

    /// <summary>The result is there.</summary>
    Succeeded,

    /// <summary>There is no result; the failure says why.</summary>
    Failed,
}
