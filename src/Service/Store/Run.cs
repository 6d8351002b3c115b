using System.Text.Json;
using NpgsqlTypes;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>runs</c>: one spec, executed. The columns are explained in the migration.</summary>
internal sealed class Run
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Experiment { get; init; }

    public RunState State { get; set; }

    /// <summary>cpu or cuda.</summary>
    public required string Queue { get; init; }

    /// <summary>The canonical spec as jsonb: same values, other member order.</summary>
    public required JsonElement Spec { get; init; }

    public required string SpecSha256 { get; init; }

    public required int Seed { get; init; }

    public string? IdempotencyKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Fencing token: every write of a worker names it.</summary>
    public int Attempt { get; set; }

    public int FailedAttempts { get; set; }

    public string? Worker { get; set; }

    public DateTimeOffset? LeaseExpiresAt { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public bool CancelRequested { get; set; }

    public string? FailureClass { get; set; }

    public string? FailureMessage { get; set; }

    public RunMessageCode? FailureCode { get; set; }

    public JsonElement? FailureArguments { get; set; }

    public long LastSeq { get; set; }

    public required int Epochs { get; init; }

    public int Epoch { get; set; }

    public long Step { get; set; }

    public long TotalSteps { get; set; }

    public double? ImagesPerSecond { get; set; }

    public double? ElapsedSeconds { get; set; }

    public double? RemainingSeconds { get; set; }

    public string Notes { get; init; } = "";

    public string[] Tags { get; init; } = [];

    /// <summary>The run that this one was made from; it may be deleted by now.</summary>
    public Guid? ParentId { get; init; }

    public ParentKind? ParentKind { get; init; }

    public int? ParentEpoch { get; init; }

    /// <summary>File in the run's folder that training starts from.</summary>
    public string? Weights { get; init; }

    /// <summary>Made by the database from what people call the run.</summary>
    public NpgsqlTsVector? Search { get; private init; }
}
