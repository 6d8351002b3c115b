using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Findings;

namespace Trainyard.Service.Studies;

/// <summary>Pauses, resumes, stops, cancels, extends, tests, edits and deletes studies. Every request is idempotent.</summary>
internal static class StudyActionsApi
{
    public static void MapStudyActions(this IEndpointRouteBuilder study)
    {
        var actions = study.MapGroup("").RequireStudyOwner().ProducesProblem(StatusCodes.Status409Conflict);
        actions.MapPost("/pause", PauseAsync).WithName("pauseStudy").WithSummary("Pause a study")
            .WithDescription("Its runs are paused, and no further trial is proposed. No effect on a paused study.");
        actions.MapPost("/resume", ResumeAsync).WithName("resumeStudy").WithSummary("Resume a paused study")
            .WithDescription("Its runs continue from their checkpoints. No effect on a running study.");
        actions.MapPost("/stop", StopAsync).WithName("stopStudy").WithSummary("Stop a study")
            .WithDescription("No further trial is proposed; those in training end. No effect on a study that is stopping or stopped.");
        actions.MapPost("/cancel", CancelAsync).WithName("cancelStudy").WithSummary("Cancel a study")
            .WithDescription("Its runs are cancelled. No effect on a study that is being cancelled.");
        actions.MapPost("/extend", ExtendAsync).WithName("extendStudy").WithSummary("Extend a study")
            .WithDescription("Sets the number of trials, the budget, or both. A study that has ended goes on. No effect if it has these already.")
            .ProducesBodyProblems().WithExample("more", "To 10,000 trials in all, for at most an hour of training", """{ "trials": 10000, "budget": { "seconds": 3600 } }""");
        actions.MapPost("/test", TestAsync).WithName("testStudy").WithSummary("Evaluate the test set for the chosen trial")
            .WithDescription("Evaluates the test set once for each seed of the trial, with the weights that it has. Each trial that is looked at is counted: the more there are, the less its score says.")
            .ProducesBodyProblems().WithExample("best", "The best trial", "{}").WithExample("chosen", "A certain trial", """{ "trial": 0 }""");
        study.MapPatch("", EditAsync).RequireStudyOwner().WithName("editStudy").WithSummary("Edit name and notes of a study")
            .ProducesBodyProblems()
            .WithExample("describe", "Name and notes", """{ "name": "Learning rates", "notes": "With the wider network." }""")
            .WithExample("rename", "Only the name", """{ "name": "Learning rates, wider" }""");
        actions.MapDelete("", DeleteAsync).WithName("deleteStudy").WithSummary("Delete a study")
            .WithDescription("Deletes the study and all its runs with their files permanently.");
    }

    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> PauseAsync(
        Guid id, StudyLifecycle lifecycle, StudyReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, StudyActionRule.Pause, await lifecycle.PauseAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> ResumeAsync(
        Guid id, StudyLifecycle lifecycle, StudyReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, StudyActionRule.Resume, await lifecycle.ResumeAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> StopAsync(
        Guid id, StudyLifecycle lifecycle, StudyReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, StudyActionRule.Stop, await lifecycle.StopAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> CancelAsync(
        Guid id, StudyLifecycle lifecycle, StudyReader reader, CancellationToken cancellationToken) =>
        await RespondAsync(id, StudyActionRule.Cancel, await lifecycle.CancelAsync(id, cancellationToken), reader, cancellationToken);

    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> ExtendAsync(
        Guid id, ExtendStudyRequest request, StudyLifecycle lifecycle, StudyReader reader, CancellationToken cancellationToken)
    {
        if (await reader.DetailAsync(id, cancellationToken) is not { } study)
        {
            return Problem.UnknownStudy(id);
        }

        var combinations = study.Definition.CreateSearcher().TrialsOf(study.Definition.Space) ?? StudyDefinition.MaximumTrials;
        if (request.Trials < study.Trials)
        {
            return BodyProblem.InvalidBody([SpecFinding.Error(
                "/trials", request.Trials?.ToString(CultureInfo.InvariantCulture), SpecFindingCode.OutOfRange,
                ("member", "trials"), ("allowed", StudyValidator.TrialsDefinition(study.Trials, StudyDefinition.MaximumTrials)), ("suggested", Math.Min(2 * study.Trials, StudyDefinition.MaximumTrials)))]);
        }

        var trials = (int)Math.Max(study.Trials, Math.Min(request.Trials ?? study.Trials, combinations));
        var outcome = await lifecycle.ExtendAsync(id, trials, request.Budget ?? study.Definition.Budget, cancellationToken);
        return outcome is { Changed: false } && StudyActionRule.Extend.From.Contains(outcome.Found)
            ? await reader.DetailAsync(id, cancellationToken) is { } same ? TypedResults.Ok(same) : Problem.UnknownStudy(id)
            : await RespondAsync(id, StudyActionRule.Extend, outcome, reader, cancellationToken);
    }

    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> TestAsync(
        Guid id, TestStudyRequest request, ClaimsPrincipal user, StudyTests tests, StudyReader reader, CancellationToken cancellationToken)
    {
        if (await reader.DetailAsync(id, cancellationToken) is not { } study)
        {
            return Problem.UnknownStudy(id);
        }

        if (!StudyActionRule.Test.From.Contains(study.State))
        {
            return Refuse(id, StudyActionRule.Test, study.State);
        }

        if ((request.Trial ?? study.Best?.Number) is not { } trial)
        {
            return NotTestable(id, "No trial of it is completed.");
        }

        var opened = await tests.OpenAsync(id, trial, user.Name(), cancellationToken);
        return opened.Problem is { } problem ? NotTestable(id, problem)
            : opened.Reached is { } reached ? reached.ToProblem()
            : await reader.DetailAsync(id, cancellationToken) is not { } now ? Problem.UnknownStudy(id)
            : opened.Changed ? TypedResults.Accepted($"/api/v1/studies/{id}", now)
            : TypedResults.Ok(now);
    }

    private static async Task<Results<Ok<StudyDetail>, ProblemHttpResult>> EditAsync(
        Guid id, StudyEdit edit, StudyLifecycle lifecycle, StudyReader reader, CancellationToken cancellationToken) =>
        await lifecycle.EditAsync(id, edit, cancellationToken) && await reader.DetailAsync(id, cancellationToken) is { } study ? TypedResults.Ok(study)
        : Problem.UnknownStudy(id);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, StudyLifecycle lifecycle, CancellationToken cancellationToken) =>
        await lifecycle.DeleteAsync(id, cancellationToken) switch
        {
            null => Problem.UnknownStudy(id),
            { Changed: true } => TypedResults.NoContent(),
            var refused => Refuse(id, StudyActionRule.Delete, refused.Found),
        };

    // 202 for a change, 200 where there was nothing to change, 409 in a state without the action.
    private static async Task<Results<Accepted<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> RespondAsync(
        Guid id, StudyActionRule rule, StudyOutcome? outcome, StudyReader reader, CancellationToken cancellationToken) =>
        outcome is { Changed: false } && !rule.Done.Contains(outcome.Found) ? Refuse(id, rule, outcome.Found)
        : outcome is null || await reader.DetailAsync(id, cancellationToken) is not { } study ? Problem.UnknownStudy(id)
        : outcome.Changed ? TypedResults.Accepted($"/api/v1/studies/{id}", study)
        : TypedResults.Ok(study);

    private static ProblemHttpResult NotTestable(Guid id, string reason) => Problem.Create(
        StatusCodes.Status409Conflict, "not-testable", "The test set cannot be evaluated for this trial.", $"{reason} Study {id} was not changed.");

    private static ProblemHttpResult Refuse(Guid id, StudyActionRule rule, StudyState found)
    {
        var refusal = rule.Evaluate(found);
        return Problem.Create(
            StatusCodes.Status409Conflict,
            "wrong-state",
            "The study's state does not allow this action.",
            $"{refusal.Reason ?? "Runs of it have not ended yet."} Study {id} was not changed.",
            ("state", found.ToWireName()),
            ("allowed", rule.FromNames),
            ("code", refusal.Code),
            ("arguments", refusal.Arguments));
    }
}
