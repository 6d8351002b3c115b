using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Lessons;

/// <summary>Hands in runs for lessons that rank them, such as the assignment.</summary>
internal static class HandInsApi
{
    public static void MapHandIns(this IEndpointRouteBuilder lesson)
    {
        lesson.MapGet("/hand-ins", ListAsync).WithName("listHandIns").WithSummary("List the runs that were handed in")
            .WithDescription("Ranked by validation accuracy. Test scores are told once the test set is opened.");
        lesson.MapPost("/hand-ins", AddAsync).WithName("handIn").WithSummary("Hand in a run")
            .WithDescription("A run of one's own that has succeeded, until the test set is opened. Handing it in again changes nothing.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesBodyProblems()
            .WithExample("run", "A run", """{ "run": "019a0000-0000-7000-8000-000000000001" }""");
        lesson.MapPost("/open-test", OpenAsync).RequireScope(AccessScope.Admin).WithName("openHandInTest").WithSummary("Open the test set for all runs that were handed in")
            .WithDescription("Once, at the end: each of them is evaluated on the test set with the weights that it has, and no further run can be handed in.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> ListAsync(string id, LessonCatalog catalog, HandIns handIns, CancellationToken cancellationToken) =>
        Find(catalog, id) is { } lesson ? TypedResults.Ok(await handIns.ReadAsync(lesson, cancellationToken)) : Problem.UnknownLesson(id);

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> AddAsync(
        string id, HandInRequest request, ClaimsPrincipal user, LessonCatalog catalog, HandIns handIns, RunReader runs, CancellationToken cancellationToken)
    {
        if (Find(catalog, id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        if (!Guid.TryParse(request.Run, out var run) || await runs.SummariesAsync([run], cancellationToken) is not [var summary])
        {
            return Problem.Create(StatusCodes.Status404NotFound, "unknown-run", "Run not found.", $"Run {request.Run} does not exist or was deleted.", ("run", request.Run));
        }

        if (!user.MayChange(summary.CreatedBy))
        {
            return Problem.Create(StatusCodes.Status403Forbidden, "not-allowed", "You may not do this.", $"Run {run} belongs to somebody else; only its owner can hand it in.");
        }

        if (summary.State != RunState.Succeeded)
        {
            return Problem.Create(
                StatusCodes.Status409Conflict, "wrong-state", "The run's state does not allow this action.", $"Run {run} is {summary.State.ToWireName()}; hand it in when it has succeeded.",
                ("state", summary.State.ToWireName()));
        }

        if (await handIns.IsOpenedAsync(lesson, cancellationToken))
        {
            return Closed(lesson);
        }

        await handIns.AddAsync(lesson, run, user.Name(), cancellationToken);
        return TypedResults.Ok(await handIns.ReadAsync(lesson, cancellationToken));
    }

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> OpenAsync(
        string id, ClaimsPrincipal user, LessonCatalog catalog, HandIns handIns, CancellationToken cancellationToken)
    {
        if (Find(catalog, id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        if ((await handIns.ReadAsync(lesson, cancellationToken)).Items.Count == 0)
        {
            return Problem.Create(StatusCodes.Status409Conflict, "nothing-handed-in", "No run was handed in.", $"The test set of '{id}' is opened when there is something to evaluate.");
        }

        return await handIns.OpenAsync(lesson, user.Name(), cancellationToken) is { } reached
            ? reached.ToProblem()
            : TypedResults.Ok(await handIns.ReadAsync(lesson, cancellationToken));
    }

    private static Lesson? Find(LessonCatalog catalog, string id) => catalog.Find(id) is { File.HandIn: true } lesson ? lesson : null;

    private static ProblemHttpResult Closed(Lesson lesson) => Problem.Create(
        StatusCodes.Status409Conflict, "test-opened", "The test set was opened.", $"The test set of '{lesson.Id}' was opened; no further run can be handed in.");
}
