using System.Text.Json;

namespace Trainyard.Service.Store;

/// <summary>Row of table <c>lesson_attempts</c>. The columns are explained in <c>migrations</c>, V0008 and later.</summary>
internal sealed class LessonAttemptRow
{
    public required Guid Id { get; init; }

    public required string Lesson { get; init; }

    public string? CreatedBy { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? RequestSha256 { get; init; }

    public string? Prediction { get; init; }

    /// <summary>full or quick.</summary>
    public required string Size { get; init; }

    public int? Seed { get; init; }

    /// <summary>The option of each setting.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>Id of each run, by its id in the lesson.</summary>
    public required JsonElement Runs { get; init; }

    /// <summary>Id of each study, by its id in the lesson.</summary>
    public required JsonElement Studies { get; init; }

    /// <summary>Request of each lab, by its id in the lesson: rows of <c>lab_results</c>, which may have been removed.</summary>
    public required JsonElement Labs { get; init; }

    /// <summary>Results of its labs that are there, by the id in the lesson.</summary>
    public required JsonElement LabResults { get; set; }

    /// <summary>Verdict of each claim, once all runs have ended.</summary>
    public JsonElement? Outcome { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
