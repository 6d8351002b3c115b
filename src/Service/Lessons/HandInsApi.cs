using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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
            .WithDescription("One ranking for each dataset, by validation accuracy. The figures are those of the networks that were handed in; test scores are told once the test set is opened.");
        lesson.MapPost("/hand-ins", AddAsync).WithName("handIn").WithSummary("Hand in a run")
            .WithDescription(
                "A run of one's own that has succeeded, on a dataset and with the validation samples of the lesson, until the test set is opened. It replaces what its owner handed in "
                + "before; without authentication, each run counts. Handing it in again changes nothing.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesBodyProblems()
            .WithExample("run", "A run", """{ "run": "019a0000-0000-7000-8000-000000000001" }""");
        lesson.MapDelete("/hand-ins/{run:guid}", WithdrawAsync).WithName("withdrawHandIn").WithSummary("Withdraw a run that was handed in")
            .WithDescription("A run of one's own, until the test set is opened. It stays in the list of earlier ones.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        lesson.MapPost("/open-test", OpenAsync).RequireScope(AccessScope.Admin).WithName("openHandInTest").WithSummary("Open the test set for all runs that were handed in")
            .WithDescription(
                "Once for each round, at its end: each of them is evaluated on the test set with the weights that it has, and no further run can be handed in. A repeated request goes on "
                + "with those that are left: that a limit of their owner kept from the queue, or whose evaluation has failed.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        lesson.MapPost("/hand-in-rounds", BeginRoundAsync).RequireScope(AccessScope.Admin).WithName("beginHandInRound").WithSummary("Begin the next round of hand-ins")
            .WithDescription("For the next class, once the test set of the latest round is opened. Earlier rounds can still be read.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> ListAsync(
        string id,
        LessonCatalog catalog,
        HandIns handIns,
        [Description("Number of a round, from 1; by default the latest."), Range(1, int.MaxValue)] int? round,
        CancellationToken cancellationToken) =>
        Find(catalog, id) is not { } lesson ? Problem.UnknownLesson(id)
        : await handIns.ReadAsync(lesson, round, cancellationToken) is { } list ? TypedResults.Ok(list)
        : Problem.Create(StatusCodes.Status404NotFound, "unknown-round", "Round not found.", $"There is no round {round} of '{id}'.", ("round", round));

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

        return !user.MayChange(summary.CreatedBy) ? Foreign(run, "hand it in") : await RespondAsync(lesson, run, await handIns.AddAsync(lesson, run, user.Name(), cancellationToken), handIns, cancellationToken);
    }

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> WithdrawAsync(
        string id, Guid run, ClaimsPrincipal user, LessonCatalog catalog, HandIns handIns, CancellationToken cancellationToken)
    {
        if (Find(catalog, id) is not { } lesson)
        {
            return Problem.UnknownLesson(id);
        }

        var (exists, owner) = await handIns.FindAsync(lesson, run, cancellationToken);
        return exists && !user.MayChange(owner) ? Foreign(run, "withdraw it") : await RespondAsync(lesson, run, await handIns.WithdrawAsync(lesson, run, cancellationToken), handIns, cancellationToken);
    }

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> OpenAsync(
        string id, ClaimsPrincipal user, LessonCatalog catalog, HandIns handIns, CancellationToken cancellationToken) =>
        Find(catalog, id) is { } lesson
            ? await RespondAsync(lesson, run: default, await handIns.OpenAsync(lesson, user.Name(), cancellationToken), handIns, cancellationToken)
            : Problem.UnknownLesson(id);

    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> BeginRoundAsync(
        string id, ClaimsPrincipal user, LessonCatalog catalog, HandIns handIns, CancellationToken cancellationToken) =>
        Find(catalog, id) is { } lesson
            ? await RespondAsync(lesson, run: default, await handIns.BeginRoundAsync(lesson, user.Name(), cancellationToken), handIns, cancellationToken)
            : Problem.UnknownLesson(id);

    private static Lesson? Find(LessonCatalog catalog, string id) => catalog.Find(id) is { File.HandIn: not null } lesson ? lesson : null;

    private static ProblemHttpResult Foreign(Guid run, string action) => Problem.Create(
        StatusCodes.Status403Forbidden, "not-allowed", "You may not do this.", $"Run {run} belongs to somebody else; only its owner can {action}.");

    // run: The one that the request names.
    private static async Task<Results<Ok<HandInList>, ProblemHttpResult>> RespondAsync(
        Lesson lesson, Guid run, HandInOutcome outcome, HandIns handIns, CancellationToken cancellationToken) => outcome.Refusal switch
        {
            null => TypedResults.Ok((await handIns.ReadAsync(lesson, round: null, cancellationToken))!),
            HandInRefusal.UnknownRun => Problem.UnknownRun(run),
            HandInRefusal.WrongState => Problem.Create(
                StatusCodes.Status409Conflict, "wrong-state", "The run's state does not allow this action.",
                $"Run {run} is {outcome.State.ToWord()}; hand it in when it has finished.", ("state", outcome.State.ToWireName())),
            HandInRefusal.OtherDataset => NotComparable(
                "other_dataset", new { dataset = outcome.Dataset, allowed = lesson.File.HandIn!.Datasets },
                $"Run {run} learns the dataset '{outcome.Dataset}'; '{lesson.Id}' ranks runs on {string.Join(" and ", lesson.File.HandIn.Datasets)}."),
            HandInRefusal.OtherSplit => NotComparable(
                "other_split", new { found = outcome.Split, allowed = HandInRules.Of(lesson)!.Split },
                $"Accuracies are compared on the same validation samples. Run {run} has {outcome.Split}; '{lesson.Id}' has {HandInRules.Of(lesson)!.Split}. Fork it with these, and train it again."),
            HandInRefusal.NotHandedIn => Problem.Create(
                StatusCodes.Status404NotFound, "not-handed-in", "The run was not handed in.", $"Run {run} is not among the runs that were handed in for '{lesson.Id}'.", ("run", run)),
            HandInRefusal.Empty => Problem.Create(
                StatusCodes.Status409Conflict, "nothing-handed-in", "No run was handed in.", $"The test set of '{lesson.Id}' is opened when there is something to evaluate."),
            HandInRefusal.NotOpened => Problem.Create(
                StatusCodes.Status409Conflict, "round-not-over", "The round is not over.", $"The next round of '{lesson.Id}' begins after the test set of the latest one is opened."),
            _ => Problem.Create(
                StatusCodes.Status409Conflict, "test-opened", "The test set was opened.", $"The test set of '{lesson.Id}' was opened; what was handed in is final until the next round."),
        };

    private static ProblemHttpResult NotComparable(string code, object arguments, string detail) => Problem.Create(
        StatusCodes.Status409Conflict, "not-comparable", "The run cannot be compared with the others.", detail, ("code", code), ("arguments", arguments));
}
