using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Lessons;

/// <summary>The lessons of the course.</summary>
public sealed record LessonList
{
    /// <summary>Lessons, in course order.</summary>
    public required IReadOnlyList<LessonSummary> Items { get; init; }
}

/// <summary>What a lesson has to start.</summary>
public enum LessonKind
{
    /// <summary>One run, or several that are compared.</summary>
    Runs,

    /// <summary>One study, or several that are compared.</summary>
    Studies,

    /// <summary>A lab.</summary>
    Lab,
}

/// <summary>A lesson, as an entry of the list.</summary>
public record LessonSummary
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Chapter of the course.</summary>
    public required LessonChapter Chapter { get; init; }

    /// <summary>Title.</summary>
    public required LessonTitle Title { get; init; }

    /// <summary>What one will see, in a sentence.</summary>
    public required LessonText Summary { get; init; }

    /// <summary>The drawing of its card.</summary>
    public required LessonPicture Picture { get; init; }

    /// <summary>Seconds from the start to the verdict, as measured on two cores.</summary>
    public required double Seconds { get; init; }

    /// <summary>What it starts.</summary>
    public required LessonKind Kind { get; init; }

    /// <summary>The caller's latest attempt; null for none.</summary>
    public required LessonProgress? Progress { get; init; }
}

/// <summary>How far one is with a lesson.</summary>
public sealed record LessonProgress
{
    /// <summary>Id of the latest attempt.</summary>
    public required Guid Attempt { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether everything that it started has ended.</summary>
    public required bool Ended { get; init; }

    /// <summary>Whether what was predicted is what was expected; null without a prediction.</summary>
    public required bool? PredictionRight { get; init; }

    /// <summary>Number of claims that hold.</summary>
    public required int Holds { get; init; }

    /// <summary>Number of claims.</summary>
    public required int Claims { get; init; }
}

/// <summary>A lesson with its explanation, what it starts, and what is expected of it.</summary>
public sealed record LessonDetail : LessonSummary
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    internal LessonDetail(LessonSummary summary, Lesson lesson, Lesson? previous, Lesson? next)
        : base(summary)
    {
        Explanation = lesson.Explanation;
        Question = lesson.File.Question;
        Runs = Specs(lesson, lesson.File.Runs);
        Variants = Specs(lesson, lesson.File.Variants);
        Studies =
        [
            .. (lesson.File.Studies ?? []).Select(study => new LessonStudyRequest
            {
                Id = study.Id, Label = study.Label, Request = JsonSerializer.SerializeToElement(lesson.Document(study, AttemptSettings.AsItIs)),
            }),
        ];
        Labs = lesson.File.Labs ?? [];
        HasQuickSize = lesson.File.Quick is not null;
        Settings = lesson.File.Settings ?? [];
        HandIn = HandInRules.Of(lesson);
        Charts = lesson.File.Charts;
        Expected = lesson.File.Expected;
        Sources = lesson.File.Sources;
        Previous = LessonLink.To(previous);
        Next = LessonLink.To(next);
    }

    /// <summary>Markdown, with formulas of TeX between dollar signs. Below its line <c>---</c> it tells the answer to the question.</summary>
    public required LessonExplanation Explanation { get; init; }

    /// <summary>What to predict before it runs.</summary>
    public required LessonQuestion Question { get; init; }

    /// <summary>The runs that it starts; empty for a lesson without runs.</summary>
    public required IReadOnlyList<LessonRunSpec> Runs { get; init; }

    /// <summary>Further specs to start from, which it does not start.</summary>
    public required IReadOnlyList<LessonRunSpec> Variants { get; init; }

    /// <summary>The studies that it starts; empty for a lesson without studies.</summary>
    public required IReadOnlyList<LessonStudyRequest> Studies { get; init; }

    /// <summary>The labs that it asks; empty for a lesson without labs.</summary>
    public required IReadOnlyList<LessonLab> Labs { get; init; }

    /// <summary>Whether the size quick trains less.</summary>
    public required bool HasQuickSize { get; init; }

    /// <summary>What can be set before it runs, beside size and seed.</summary>
    public required IReadOnlyList<LessonSetting> Settings { get; init; }

    /// <summary>Which runs can be handed in and ranked; null for a lesson without hand-ins.</summary>
    public required HandInRules? HandIn { get; init; }

    /// <summary>What the page shows.</summary>
    public required IReadOnlyList<LessonChart> Charts { get; init; }

    /// <summary>What is expected to come out.</summary>
    public required IReadOnlyList<LessonClaim> Expected { get; init; }

    /// <summary>Where the expectations come from, and what to read next.</summary>
    public required IReadOnlyList<LessonSource> Sources { get; init; }

    /// <summary>The lesson before it in the course; null for the first.</summary>
    public required LessonLink? Previous { get; init; }

    /// <summary>The lesson after it; null for the last.</summary>
    public required LessonLink? Next { get; init; }

    private static List<LessonRunSpec> Specs(Lesson lesson, IReadOnlyList<LessonRun>? runs) =>
        [.. (runs ?? []).Select(run => new LessonRunSpec { Id = run.Id, Label = run.Label, Spec = JsonSerializer.SerializeToElement(lesson.Document(run, AttemptSettings.AsItIs)) })];
}

/// <summary>Another lesson.</summary>
public sealed record LessonLink
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required LessonTitle Title { get; init; }

    internal static LessonLink? To(Lesson? lesson) => lesson is null ? null : new LessonLink { Id = lesson.Id, Title = lesson.File.Title };
}

/// <summary>A run of a lesson with its spec.</summary>
public sealed record LessonRunSpec
{
    /// <summary>Id in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Label in the figures.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>The spec, as it is submitted.</summary>
    public required JsonElement Spec { get; init; }
}

/// <summary>A study of a lesson with its request.</summary>
public sealed record LessonStudyRequest
{
    /// <summary>Id in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Label in the figures.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>The request, as it is submitted.</summary>
    public required JsonElement Request { get; init; }
}

/// <summary>Starts a lesson.</summary>
[OptionalMembers]
public sealed record StartLessonRequest
{
    /// <summary>Id of the answer that was chosen; null for none.</summary>
    [Text(1, 40)]
    public string? Prediction { get; init; }

    /// <summary>Seed of its runs; by default that of the lesson.</summary>
    [Number(0, int.MaxValue)]
    public int? Seed { get; init; }

    /// <summary>How much it trains; by default all of it.</summary>
    public LessonSize Size { get; init; } = LessonSize.Full;

    /// <summary>Options of its settings; by default those of the lesson as it is.</summary>
    [Items(0, 8)]
    public IReadOnlyList<ChosenOption> Settings { get; init; } = [];
}

/// <summary>The option that is chosen of a setting.</summary>
public sealed record ChosenOption
{
    /// <summary>Id of the setting.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Id of the option.</summary>
    [Text(1, 40)]
    public required string Option { get; init; }
}

/// <summary>What a start of a lesson would cost.</summary>
public sealed record LessonCheck
{
    /// <summary>Runs that it trains; 0 for a lab.</summary>
    public required int Runs { get; init; }

    /// <summary>Floating-point operations of training of all runs, without early stopping.</summary>
    public required double Flops { get; init; }

    /// <summary>The time on the device that it uses, then on a GPU if it uses none; without the GPU for studies, and empty for a lab.</summary>
    public required IReadOnlyList<LessonCost> Costs { get; init; }
}

/// <summary>The time that a lesson takes on a device.</summary>
public sealed record LessonCost
{
    /// <summary>The device.</summary>
    public required Device Device { get; init; }

    /// <summary>Expected seconds until all runs have ended; null where no run on this installation tells.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Runs that train at a time: as many as the connected workers have slots for, at least one.</summary>
    public required int AtATime { get; init; }

    /// <summary>What the time is estimated by.</summary>
    public required LessonCostBasis Basis { get; init; }

    /// <summary>Floating-point operations per second of one run that the time is computed with: the mean over the runs; null for similar runs, and where nothing tells.</summary>
    public required double? FlopsPerSecond { get; init; }
}

/// <summary>What an expected time is estimated by, the best first.</summary>
public enum LessonCostBasis
{
    /// <summary>Similar runs on this installation: the estimate of <c>POST /api/v1/specs/check</c>.</summary>
    SimilarRuns,

    /// <summary>For at least one run, the operations per second that smaller or larger networks of its kind reached on this installation.</summary>
    OtherRuns,

    /// <summary>An assumed number of operations per second: no run was trained on such a device here.</summary>
    Assumption,
}

/// <summary>The attempts of the caller at a lesson.</summary>
public sealed record LessonAttemptList
{
    /// <summary>Attempts, latest first, at most 50.</summary>
    public required IReadOnlyList<LessonAttempt> Items { get; init; }
}

/// <summary>A lesson that was started.</summary>
public record LessonAttempt
{
    /// <summary>Id, a version 7 UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the lesson.</summary>
    public required string Lesson { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who started it; null without authentication.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>Id of the answer that was chosen; null for none.</summary>
    public required string? Prediction { get; init; }

    /// <summary>How much it trains.</summary>
    public required LessonSize Size { get; init; }

    /// <summary>Seed of its runs; null for that of the lesson.</summary>
    public required int? Seed { get; init; }

    /// <summary>The option of each setting of the lesson.</summary>
    public required IReadOnlyList<ChosenOption> Settings { get; init; }

    /// <summary>Its runs; empty for a lesson without runs.</summary>
    public required IReadOnlyList<LessonAttemptRun> Runs { get; init; }

    /// <summary>Its studies; empty for a lesson without studies.</summary>
    public required IReadOnlyList<LessonAttemptStudy> Studies { get; init; }

    /// <summary>Its labs; empty for a lesson without labs.</summary>
    public required IReadOnlyList<LessonAttemptLab> Labs { get; init; }
}

/// <summary>A lab of an attempt.</summary>
public sealed record LessonAttemptLab
{
    /// <summary>Id in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Its result; null until it is there, and where it failed.</summary>
    public required JsonElement? Result { get; init; }
}

/// <summary>A run of an attempt.</summary>
public sealed record LessonAttemptRun
{
    /// <summary>Id in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Its state; null if it was deleted.</summary>
    public required RunState? State { get; init; }

    /// <summary>Fraction of completed steps, 0 to 1.</summary>
    public required double Progress { get; init; }
}

/// <summary>A study of an attempt.</summary>
public sealed record LessonAttemptStudy
{
    /// <summary>Id in the lesson.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the study.</summary>
    public required Guid Study { get; init; }

    /// <summary>Its state; null if it was deleted.</summary>
    public required StudyState? State { get; init; }
}

/// <summary>What came of a lesson.</summary>
public sealed record LessonOutcome
{
    /// <summary>The attempt; null for a run that was not started by the lesson.</summary>
    public required LessonAttempt? Attempt { get; init; }

    /// <summary>Whether everything has ended: the verdicts are final.</summary>
    public required bool Ended { get; init; }

    /// <summary>Whether what was predicted is what was expected; null without a prediction.</summary>
    public required bool? PredictionRight { get; init; }

    /// <summary>The verdict of each claim, in the order of the lesson.</summary>
    public required IReadOnlyList<ClaimOutcome> Claims { get; init; }
}
