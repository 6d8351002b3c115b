using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>Pauses, resumes, retries, cancels, edits, archives and deletes runs. Every request is idempotent.</summary>
internal static class RunActionsApi
{
    public static void MapRunActions(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id:guid}").WithTags("Run actions").RequireOwner().ProducesProblem(StatusCodes.Status404NotFound);
        run.MapPost("/pause", PauseAsync).WithName("pauseRun").WithSummary("Pause a run")
            .WithDescription("The worker writes a checkpoint and releases the run. No effect on a run that is pausing or paused.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPost("/resume", ResumeAsync).WithName("resumeRun").WithSummary("Resume a paused run")
            .WithDescription("Queues the run, which continues from its checkpoint. No effect on a run that is queued or running.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPost("/retry", RetryAsync).WithName("retryRun").WithSummary("Retry a failed or cancelled run")
            .WithDescription("Resets the failure count and queues the run, which continues from its latest checkpoint. A run that reached its time limit is extended instead. "
                + "No effect on a run that is queued or running.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPost("/cancel", CancelAsync).WithName("cancelRun").WithSummary("Cancel a run")
            .WithDescription("A run without a worker is cancelled immediately, a running one as soon as its worker has stopped it. No effect on a cancelled run.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPatch("", EditAsync).WithName("editRun").WithSummary("Edit name, notes and tags of a run")
            .ProducesBodyProblems()
            .WithExample("describe", "Name, notes and tags", """{ "name": "Baseline", "notes": "To compare with batch normalization.", "tags": ["baseline"] }""")
            .WithExample("rename", "Only the name", """{ "name": "Baseline, seed 1" }""");
        run.MapPost("/archive", ArchiveAsync).WithName("archiveRun").WithSummary("Archive a run")
            .WithDescription("Hides the run from lists, in any state; nothing is deleted and a running run goes on. No effect on an archived run.");
        run.MapPost("/restore", RestoreAsync).WithName("restoreRun").WithSummary("Restore an archived run")
            .WithDescription("Shows the run in lists again. No effect on a run that is not archived.");
        run.MapDelete("", DeleteAsync).WithName("deleteRun").WithSummary("Delete a run")
            .WithDescription("Deletes the run with its events, metrics and files permanently. Forks of the run are kept.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> PauseAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, RunActionRule.Pause, await lifecycle.PauseAsync(id, cancellationToken), null, reader, cancellationToken);

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> ResumeAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, RunActionRule.Resume, await lifecycle.ResumeAsync(id, cancellationToken), null, reader, cancellationToken);

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> RetryAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, RunActionRule.Retry, await lifecycle.RetryAsync(id, cancellationToken), null, reader, cancellationToken);

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> CancelAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken)
    {
        // A request that is still pending is accepted again.
        var outcome = await lifecycle.CancelAsync(id, cancellationToken);
        var accepted = outcome is { CancelRequested: true } && outcome.Found.IsHeld() ? outcome with { Changed = true } : outcome;
        return await RespondAsync(id, RunActionRule.Cancel, accepted, null, reader, cancellationToken);
    }

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> EditAsync(
        Guid id, RunEdit edit, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await lifecycle.EditAsync(id, edit, cancellationToken) && await reader.DetailAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run)
        : Problem.UnknownRun(id);

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> ArchiveAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await lifecycle.ArchiveAsync(id, archived: true, cancellationToken) && await reader.DetailAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run)
        : Problem.UnknownRun(id);

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> RestoreAsync(
        Guid id, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken) =>
        await lifecycle.ArchiveAsync(id, archived: false, cancellationToken) && await reader.DetailAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run)
        : Problem.UnknownRun(id);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, RunLifecycle lifecycle, CancellationToken cancellationToken) =>
        await lifecycle.DeleteAsync(id, cancellationToken) switch
        {
            null => Problem.UnknownRun(id),
            { Changed: true } => TypedResults.NoContent(),
            var refused => Refuse(id, RunActionRule.Delete, refused),
        };

    // 202 for a change, 200 where there was nothing to change, 409 in a state without the action, 429 at a limit.
    internal static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> RespondAsync(
        Guid id, RunActionRule rule, ActionOutcome? outcome, SpecReading? spec, RunReader reader, CancellationToken cancellationToken)
    {
        if (outcome?.Reached is { } reached)
        {
            return reached.ToProblem();
        }

        if (outcome is { Changed: false } && !rule.Done.Contains(outcome.Found))
        {
            return Refuse(id, rule, outcome);
        }

        // The run may be deleted between the two statements.
        return outcome is null || await reader.DetailAsync(id, spec, cancellationToken) is not { } run ? Problem.UnknownRun(id)
            : outcome.Changed ? TypedResults.Accepted($"/api/v1/runs/{id}", run)
            : TypedResults.Ok(run);
    }

    private static ProblemHttpResult Refuse(Guid id, RunActionRule rule, ActionOutcome outcome)
    {
        var refusal = rule.Evaluate(outcome);
        return Problem.Create(
            StatusCodes.Status409Conflict,
            "wrong-state",
            "The run's state does not allow this action.",
            $"{refusal.Reason} Run {id} was not changed.",
            ("state", outcome.Found.ToWireName()),
            ("allowed", rule.FromNames),
            ("code", refusal.Code),
            ("arguments", refusal.Arguments));
    }
}
