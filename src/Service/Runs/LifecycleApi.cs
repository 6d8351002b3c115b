using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>Pauses, resumes, retries, cancels, labels and deletes runs. Asking twice is as good as asking once.</summary>
internal static class LifecycleApi
{
    /// <summary>Adds what the endpoints need.</summary>
    public static void AddLifecycle(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RunLifecycle>();
        builder.Services.AddScoped<ParentWeights>();
    }

    /// <summary>Maps the verbs of <c>/runs/{id}</c>.</summary>
    public static void MapLifecycle(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs/{id:guid}").WithTags("Lifecycle").ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapPost("/pause", PauseAsync).WithName("pauseRun").WithSummary("Pause a run")
            .WithDescription("Its worker writes a checkpoint and turns to other runs. A run that is being paused, or is paused, stays so.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPost("/resume", ResumeAsync).WithName("resumeRun").WithSummary("Resume a paused run")
            .WithDescription("It is queued and continues from its checkpoint. A run that is queued or running stays so.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPost("/retry", RetryAsync).WithName("retryRun").WithSummary("Try a failed or cancelled run again")
            .WithDescription("It is queued with a clean record of failures and continues from its newest checkpoint. A run that is queued or running stays so.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPost("/cancel", CancelAsync).WithName("cancelRun").WithSummary("Give a run up")
            .WithDescription("A waiting run is cancelled at once; a running one as soon as its worker hears of it. Repeating it changes nothing.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPatch("", EditAsync).WithName("editRun").WithSummary("Change name, notes and tags of a run")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        runs.MapDelete("", DeleteAsync).WithName("deleteRun").WithSummary("Delete a run with its events, metrics and files")
            .WithDescription("For good. Runs that were forked from it stay.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> PauseAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await AnswerAsync(id, RunVerb.Pause, await lifecycle.PauseAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> ResumeAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await AnswerAsync(id, RunVerb.Resume, await lifecycle.ResumeAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> RetryAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await AnswerAsync(id, RunVerb.Retry, await lifecycle.RetryAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> CancelAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken)
    {
        var outcome = await lifecycle.CancelAsync(id, cancellationToken);

        // A wish that its worker has not heard yet is accepted again.
        return outcome is { CancelRequested: true } && outcome.Found.IsHeld()
            ? await AnswerAsync(id, RunVerb.Cancel, outcome with { Changed = true }, reader, cancellationToken)
            : await AnswerAsync(id, RunVerb.Cancel, outcome, reader, cancellationToken);
    }

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> EditAsync(
        Guid id, RunEdit edit, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken)
    {
        var (normal, wrong) = edit.Normalize();
        if (wrong is var (name, found, allowed))
        {
            return Problem.BadMember(name, found, allowed);
        }

        return await lifecycle.EditAsync(id, normal, cancellationToken) && await reader.DetailAsync(id, cancellationToken) is { } run
            ? TypedResults.Ok(run)
            : Problem.UnknownRun(id);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, RunLifecycle lifecycle, CancellationToken cancellationToken) =>
        await lifecycle.DeleteAsync(id, cancellationToken) switch
        {
            null => Problem.UnknownRun(id),
            { Changed: true } => TypedResults.NoContent(),
            var refused => Refused(id, RunVerb.Delete, refused),
        };

    // What a statement did, as an answer: 202 changed, 200 as it was already, 409 refused.
    internal static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> AnswerAsync(
        Guid id, RunVerb verb, VerbOutcome? outcome, RunReader reader, CancellationToken cancellationToken)
    {
        if (outcome is { Changed: false } && !verb.Done.Contains(outcome.Found))
        {
            return Refused(id, verb, outcome);
        }

        // The run may be deleted between the two statements.
        return outcome is null || await reader.DetailAsync(id, cancellationToken) is not { } run ? Problem.UnknownRun(id)
            : outcome.Changed ? TypedResults.Accepted($"/api/v1/runs/{id}", run)
            : TypedResults.Ok(run);
    }

    private static ProblemHttpResult Refused(Guid id, RunVerb verb, VerbOutcome outcome)
    {
        var refusal = verb.Of(outcome.Found, outcome.CancelRequested);
        return Problem.Of(
            StatusCodes.Status409Conflict,
            "wrong-state",
            "The run's state does not allow this.",
            $"{refusal.Reason} Run {id} was not changed.",
            ("state", outcome.Found.Word()),
            ("allowed", verb.FromWords),
            ("code", refusal.Code),
            ("arguments", refusal.Arguments));
    }
}
