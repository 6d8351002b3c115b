using System.Text.Json;
using NpgsqlTypes;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>runs</c>. The columns are explained in <c>migrations/V0001__runs.sql</c>.</summary>
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

    /// <summary>Floating-point operations of training on one sample: forward and backward pass.</summary>
    public required double TrainingFlops { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? RequestSha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who submitted it; null without authentication.</summary>
    public string? CreatedBy { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Fencing token: every write of a worker names it.</summary>
    public int Attempt { get; set; }

    public int FailedAttempts { get; set; }

    /// <summary>Highest step with a checkpoint.</summary>
    public long CheckpointStep { get; set; }

    public string? Worker { get; set; }

    public DateTimeOffset? LeaseExpiresAt { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public bool CancelRequested { get; set; }

    public string? FailureClass { get; set; }

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

    /// <summary>Bytes of the files in the run's folder at the end of its last attempt.</summary>
    public long StoredBytes { get; set; }

    /// <summary>Hidden from lists since; null: not archived.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Rules of the diagnosis that found something, the most severe first.</summary>
    public string[] Findings { get; init; } = [];

    /// <summary>Number of <see cref="Findings"/> of severity problem.</summary>
    public int Problems { get; init; }

    public int Warnings { get; init; }

    public int Infos { get; init; }

    /// <summary>Equal for runs that differ in the seed only; computed by the database.</summary>
    public string Setting { get; private init; } = null!;

    public string Notes { get; init; } = "";

    public string[] Tags { get; init; } = [];

    /// <summary>The run that this one was forked from; it may be deleted by now.</summary>
    public Guid? ParentId { get; init; }

    public ParentKind? ParentKind { get; init; }

    public int? ParentEpoch { get; init; }

    /// <summary>File in the run's folder that training starts from.</summary>
    public string? Weights { get; init; }

    /// <summary>The study that it belongs to.</summary>
    public Guid? StudyId { get; init; }

    /// <summary>Number of its trial in that study.</summary>
    public int? Trial { get; init; }

    /// <summary>Computed by the database from name, experiment, notes, tags and spec.</summary>
    public NpgsqlTsVector? Search { get; private init; }
}

/// <summary>How a run was created from another; stored and sent in snake_case.</summary>
public enum ParentKind
{
    /// <summary>A changed copy of the spec, optionally with the parent's weights.</summary>
    Fork,
}

/// <summary>Row of table <c>attempts</c>: one claim of a run.</summary>
internal sealed class RunAttempt
{
    public required Guid RunId { get; init; }

    public required int Attempt { get; init; }

    public required string Worker { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How it ended, as in <c>succeeded</c> or <c>crashed: exit code 139</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>Code of the message about its end; null for an outcome that needs none.</summary>
    public RunMessageCode? Code { get; set; }

    public JsonElement? Arguments { get; set; }
}

/// <summary>Row of table <c>experiments</c>: what is known of an experiment beside its runs.</summary>
internal sealed class Experiment
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Row of table <c>deleted_runs</c>: a deleted run whose folder is not removed yet.</summary>
internal sealed class DeletedRun
{
    public required Guid Id { get; init; }

    public required DateTimeOffset DeletedAt { get; init; }
}

/// <summary>Reads stored specs. A jsonb value has an order of members of its own; the spec reader restores the canonical one.</summary>
internal static class StoredSpec
{
    /// <summary>Reads the value of <see cref="Run.Spec"/>.</summary>
    /// <exception cref="InvalidDataException">The spec is not valid.</exception>
    public static (ExperimentSpec Spec, ModelPlan Plan) Read(JsonElement spec)
    {
        var reading = SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(spec));
        return reading.IsValid
            ? (reading.Spec, reading.Plan)
            : throw new InvalidDataException($"A stored spec is invalid: {reading.Findings[0].Pointer}: {reading.Findings[0].Message}");
    }

    /// <summary>The value of <see cref="Run.Spec"/> with its members in canonical order. Without a second validation and a plan, which take longer than the rest.</summary>
    public static JsonElement Canonical(JsonElement spec) => JsonSerializer.SerializeToElement(ExperimentSpec.FromJson(spec.GetRawText()), SpecJson.Options);
}
