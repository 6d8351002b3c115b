using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

internal static class LineageApi
{
    public static void MapLineage(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id:guid}").WithTags("Run actions")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPost("/extend", ExtendAsync).RequireOwner().WithName("extendRun").WithSummary("Extend a run by more epochs or time")
            .WithDescription(
                "Sets the total number of epochs, the time limit, or both, and queues the run, which continues from its checkpoint. No effect if the run has these already. "
                + "A run that was handed in for a lesson is not extended.")
            .ProducesBodyProblems()
            .WithExample("longer", "To 20 epochs in total", """{ "epochs": 20 }""");
        run.MapPost("/fork", ForkAsync).RequireRateLimiting(RequestRates.Submits).WithName("forkRun").WithSummary("Fork a run")
            .WithDescription("Submits a changed copy of the run as a new run. With weights it starts from the weights of the parent's latest checkpoint.")
            .ProducesBodyProblems()
            .WithExample("seed", "The same spec with another seed", """{ "changes": [{ "path": "/seed", "value": 2 }] }""")
            .WithExample(
                "adam", "A new name, Adam and 10 epochs",
                """{ "name": "With Adam", "changes": [{ "path": "/training/optimizer", "value": { "name": "adam", "learningRate": 0.01 } }, { "path": "/training/epochs", "value": 10 }] }""");
    }

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> ExtendAsync(
        Guid id, ExtendRequest request, RunsDbContext database, RunLifecycle lifecycle, RunReader reader, SpecLimitSource limits, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await database.Runs.Where(run => run.Id == id).Select(run => new { run.Spec, run.SpecSha256, run.State, run.FailureClass })
                .SingleOrDefaultAsync(cancellationToken);
            if (run is null)
            {
                return Problem.UnknownRun(id);
            }

            var spec = StoredSpec.Read(run.Spec).Spec;
            var (epochs, limit) = (spec.Training.Epochs, spec.Training.TimeLimitSeconds);
            var isOver = RunActionRule.HasReachedTimeLimit(run.State, run.FailureClass);
            if (request.FindInvalid(epochs, limit, isOver) is { } invalid)
            {
                return BodyProblem.InvalidBody([invalid]);
            }

            if ((request.Epochs ?? epochs, request.TimeLimitSeconds ?? limit) == (epochs, limit))
            {
                return await reader.DetailAsync(id, cancellationToken) is { } same ? TypedResults.Ok(same) : Problem.UnknownRun(id);
            }

            var extended = SpecChanges.Apply(
                spec,
                [Change("/training/epochs", request.Epochs ?? epochs), Change("/training/timeLimitSeconds", request.TimeLimitSeconds ?? limit)], await limits.CurrentAsync(cancellationToken));
            if (!extended.IsValid)
            {
                return BodyProblem.From(extended);
            }

            var outcome = await lifecycle.ExtendAsync(id, spec, run.SpecSha256, extended.Spec, cancellationToken);
            if (outcome is { Changed: false, Reached: null } && RunActionRule.Extend.Evaluate(outcome).Enabled)
            {
                if (await database.HandIns.AnyAsync(handIn => handIn.RunId == id && handIn.EndedAt == null, cancellationToken))
                {
                    return HandedIn(id);
                }

                continue; // A concurrent request has extended it.
            }

            return await RunActionsApi.RespondAsync(id, RunActionRule.Extend, outcome, extended, reader, cancellationToken);
        }
    }

    private static async Task<Results<Created<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> ForkAsync(
        Guid id,
        ForkRequest request,
        ClaimsPrincipal user,
        RunsDbContext database,
        RunWriter writer,
        ParentWeights weights,
        RunReader reader,
        SpecLimitSource limits,
        TimeProvider clock,
        [FromHeader(Name = IdempotencyKey.Header), IdempotencyKey, Description(IdempotencyKey.Description)] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        // A repeated request is answered with its run, whatever has become of the parent.
        var once = idempotencyKey is null ? null : new IdempotentRequest(idempotencyKey, IdempotentRequest.HashOf($"{id} {JsonSerializer.Serialize(request, SpecJson.Options)}"));
        if (once is not null && await writer.FindAsync(user.Name(), once, cancellationToken) is { } repeated)
        {
            return await RunsApi.SubmittedAsync(repeated, null, reader, cancellationToken);
        }

        var parent = await database.Runs.Where(run => run.Id == id).Select(run => new { run.Name, run.Spec }).SingleOrDefaultAsync(cancellationToken);
        if (parent is null)
        {
            return Problem.UnknownRun(id);
        }

        var (spec, plan) = StoredSpec.Read(parent.Spec);
        var fork = SpecChanges.Apply(
            spec with { Name = parent.Name }, [.. request.Changes ?? [], .. request.Name is null ? [] : (SpecChange[])[Change("/name", request.Name)]], await limits.CurrentAsync(cancellationToken));
        if (!fork.IsValid)
        {
            return BodyProblem.From(fork);
        }

        if (request.Weights && FindDifference(plan, fork.Plan) is { } difference)
        {
            return BodyProblem.InvalidSpec([difference]);
        }

        var origin = new RunOrigin { Id = Guid.CreateVersion7(clock.GetUtcNow()), ParentId = id, Kind = ParentKind.Fork };
        if (request.Weights)
        {
            if (await weights.CopyAsync(id, origin.Id, cancellationToken) is not { } epoch)
            {
                return Problem.Create(
                    StatusCodes.Status409Conflict, "no-checkpoint", "The run has no checkpoint to start from.",
                    $"No checkpoint of run {id} is in the data folder of this process. Checkpoints are written during training, on pause and at its end.");
            }

            origin = origin with { Epoch = epoch, Weights = ParentWeights.FileName };
        }

        Submission? submission = null;
        try
        {
            // Completed even if the client disconnects: the weights are kept or removed by its result.
            submission = await writer.SubmitAsync(fork.Spec, fork.Plan, user.Name(), once, origin, CancellationToken.None);
            return await RunsApi.SubmittedAsync(submission, fork, reader, cancellationToken);
        }
        finally
        {
            if (submission is not { Outcome: SubmissionOutcome.Created })
            {
                weights.Discard(origin.Id);
            }
        }
    }

    private static ProblemHttpResult HandedIn(Guid id)
    {
        var refusal = RunActions.HandedIn;
        return Problem.Create(
            StatusCodes.Status409Conflict, "handed-in", "The run was handed in.", $"{refusal.Reason} Run {id} was not changed.",
            ("code", refusal.Code), ("arguments", refusal.Arguments));
    }

    // The first layer with weights that the two networks do not share.
    private static SpecFinding? FindDifference(ModelPlan parent, ModelPlan child)
    {
        static List<LayerFit> Trainable(ModelPlan plan) => [.. LayerTable.Rows(plan).Where(row => row.Parameters > 0).Select(row => row.ToFit())];

        var (expected, actual) = (Trainable(parent), Trainable(child));
        var first = Enumerable.Range(0, Math.Max(expected.Count, actual.Count))
            .FirstOrDefault(i => expected.ElementAtOrDefault(i)?.ToString() != actual.ElementAtOrDefault(i)?.ToString(), -1);
        return first < 0 ? null : SpecFinding.Error(
            "/model", actual.ElementAtOrDefault(first)?.ToString(), SpecFindingCode.WeightsDoNotFit,
            ("layer", actual.ElementAtOrDefault(first)), ("expected", expected.ElementAtOrDefault(first)));
    }

    private static SpecChange Change<T>(string path, T value) => new() { Path = path, Value = JsonSerializer.SerializeToElement(value) };
}
