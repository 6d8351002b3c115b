using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Labs;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Lessons;

/// <summary>Lessons: experiments with an expected outcome. They are files of the build; what people started is stored.</summary>
internal static class LessonsApi
{
    public static void AddLessons(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LessonCatalog>();
        builder.Services.AddScoped<LessonFactsReader>();
        builder.Services.AddScoped<LessonOutcomes>();
        builder.Services.AddScoped<LessonWriter>();
        builder.Services.AddSingleton<LessonChecker>();
        builder.Services.AddScoped<HandIns>();
    }

    public static void MapLessons(this IEndpointRouteBuilder api)
    {
        var lessons = api.MapGroup("/lessons").WithTags("Lessons");
        lessons.MapGet("", ListAsync).WithName("listLessons").WithSummary("List the lessons")
            .WithDescription("In course order, with the caller's latest attempt at each.");
        var lesson = lessons.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        lesson.MapGet("", DetailAsync).WithName("getLesson").WithSummary("Get a lesson with its explanation, specs and expected outcome");
        lesson.MapPost("/runs", StartAsync).RequireRateLimiting(RequestRates.Submits).WithName("startLesson").WithSummary("Start a lesson")
            .WithDescription("Queues the runs of the lesson, or its studies, and keeps the prediction. Repeating a request with the same Idempotency-Key returns the first attempt.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesBodyProblems()
            .WithExample("start", "As it is", "{}")
            .WithExample("seed", "Smaller, with another seed", """{ "seed": 2, "size": "quick" }""");
        lesson.MapPost("/check", CheckAsync).RequireScope(AccessScope.Read).WithName("checkLesson").WithSummary("Tell what a start of a lesson would cost")
            .WithDescription("Number of runs, operations and expected time with these settings, on the device of the lesson and on a GPU. Starts nothing.")
            .ProducesBodyProblems().WithExample("check", "As it is", "{}");
        lesson.MapGet("/attempts", AttemptsAsync).WithName("listLessonAttempts").WithSummary("List the caller's attempts at a lesson").WithDescription("Latest first, at most 50.");
        lesson.MapGet("/outcome", OutcomeAsync).WithName("getLessonOutcome").WithSummary("Get the outcome of a lesson")
            .WithDescription("The verdict of each claim, with its numbers: of an attempt, by default the caller's latest; or, for a lesson of one run, of any run.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        lesson.MapHandIns();
    }

    private static async Task<Ok<LessonList>> ListAsync(ClaimsPrincipal user, LessonCatalog catalog, LessonOutcomes outcomes, CancellationToken cancellationToken)
    {
        var progress = await outcomes.ProgressAsync(user.Name(), cancellationToken);
        return TypedResults.Ok(new LessonList { Items = [.. catalog.All.Select(lesson => Summary(lesson, progress))] });
    }

    private static async Task<Results<Ok<LessonDetail>, ProblemHttpResult>> DetailAsync(
        string id, ClaimsPrincipal user, LessonCatalog catalog, LessonOutcomes outcomes, CancellationToken cancellationToken)
    {
        if (catalog.Find(id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        var (previous, next) = catalog.Around(lesson);
        return TypedResults.Ok(new LessonDetail(Summary(lesson, await outcomes.ProgressAsync(user.Name(), cancellationToken)), lesson, previous, next));
    }

    private static async Task<Results<Created<LessonAttempt>, Ok<LessonAttempt>, ProblemHttpResult>> StartAsync(
        string id,
        StartLessonRequest request,
        ClaimsPrincipal user,
        LessonCatalog catalog,
        LessonWriter writer,
        LessonOutcomes outcomes,
        [FromHeader(Name = IdempotencyKey.Header), IdempotencyKey, Description("Repeating a request with the same key returns the first attempt.")] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        if (catalog.Find(id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        if (AttemptSettings.Check(lesson.File, request) is { Count: > 0 } findings)
        {
            return BodyProblem.InvalidBody(findings);
        }

        var start = await writer.StartAsync(lesson, request, user.Name(), idempotencyKey, cancellationToken);
        return start.KeyReused
                ? Problem.Create(
                    StatusCodes.Status409Conflict, "key-reused", "The Idempotency-Key was used for another request.",
                    $"A different request with this key started attempt {start.Attempt}; use a new key.", ("attempt", start.Attempt))
            : start.Reached is { } reached ? reached.ToProblem()
            : start.LabsAreBusy ? LabsApi.Busy()
            : start.Findings.Count > 0 ? BodyProblem.InvalidSpec(start.Findings)
            : await outcomes.AttemptAsync(start.Attempt, cancellationToken) is not { } attempt ? Problem.UnknownLesson(id)
            : start.Created ? TypedResults.Created($"/api/v1/lessons/{id}/outcome?attempt={attempt.Id}", attempt)
            : TypedResults.Ok(attempt);
    }

    private static async Task<Results<Ok<LessonCheck>, ProblemHttpResult>> CheckAsync(
        string id, StartLessonRequest request, LessonCatalog catalog, LessonChecker checker, CancellationToken cancellationToken)
    {
        if (catalog.Find(id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        if (AttemptSettings.Check(lesson.File, request) is { Count: > 0 } unknown)
        {
            return BodyProblem.InvalidBody(unknown);
        }

        var (check, findings) = await checker.CheckAsync(lesson, AttemptSettings.Of(lesson.File, request), cancellationToken);
        return check is null ? BodyProblem.InvalidSpec(findings) : TypedResults.Ok(check);
    }

    private static async Task<Results<Ok<LessonAttemptList>, ProblemHttpResult>> AttemptsAsync(
        string id, ClaimsPrincipal user, LessonCatalog catalog, LessonOutcomes outcomes, CancellationToken cancellationToken) =>
        catalog.Find(id) is { } lesson
            ? TypedResults.Ok(new LessonAttemptList { Items = await outcomes.AttemptsAsync(lesson, user.Name(), cancellationToken) })
            : Problem.UnknownLesson(id);

    private static async Task<Results<Ok<LessonOutcome>, ProblemHttpResult>> OutcomeAsync(
        string id,
        ClaimsPrincipal user,
        LessonCatalog catalog,
        LessonOutcomes outcomes,
        [Description("Id of an attempt; by default the caller's latest.")] Guid? attempt,
        [Description("Id of any run, instead of an attempt; for a lesson of one run.")] Guid? run,
        CancellationToken cancellationToken)
    {
        if (catalog.Find(id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        if (run is { } chosen)
        {
            return lesson.File.Runs is not { Count: 1 } || attempt is not null
                ? Problem.BadParameter("run", $"{chosen}", "no run, for a lesson of several runs and beside an attempt")
                : await outcomes.OfRunAsync(lesson, chosen, cancellationToken) is { } judged ? TypedResults.Ok(judged) : Problem.UnknownRun(chosen);
        }

        return await outcomes.OfAttemptAsync(lesson, attempt, user.Name(), cancellationToken) is { } outcome
            ? TypedResults.Ok(outcome)
            : Problem.Create(
                StatusCodes.Status404NotFound, "unknown-attempt", "Attempt not found.",
                attempt is null ? $"You have not started the lesson '{id}'." : $"There is no attempt {attempt} at the lesson '{id}'.",
                (Problem.Help, $"POST /api/v1/lessons/{id}/runs starts the lesson."));
    }

    private static LessonSummary Summary(Lesson lesson, IReadOnlyDictionary<string, LessonProgress> progress) => new()
    {
        Id = lesson.Id,
        Chapter = lesson.File.Chapter,
        Title = lesson.File.Title,
        Summary = lesson.File.Summary,
        Picture = lesson.File.Picture,
        Seconds = lesson.File.Seconds,
        Kind = lesson.File.Studies is not null ? LessonKind.Studies : lesson.File.Labs is not null ? LessonKind.Lab : LessonKind.Runs,
        Progress = progress.GetValueOrDefault(lesson.Id),
    };
}
