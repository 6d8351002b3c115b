using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>Goes on from a run: extend makes it longer, fork makes another one from it.</summary>
internal static class LineageApi
{
    /// <summary>Maps <c>extend</c> and <c>fork</c> of <c>/runs/{id}</c>.</summary>
    public static void MapLineage(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs/{id:guid}").WithTags("Lifecycle")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        runs.MapPost("/extend", ExtendAsync).WithName("extendRun").WithSummary("Train a run for more epochs")
            .WithDescription("Its spec gets the new number of epochs, and it is queued and continues from its checkpoint. The number that it has already changes nothing.")
            .Produces<SpecProblem>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
        runs.MapPost("/fork", ForkAsync).WithName("forkRun").WithSummary("Make a changed copy of a run")
            .WithDescription("The copy is a run of its own that knows its parent. With weights it starts from the parent's newest checkpoint instead of drawn weights.")
            .Produces<SpecProblem>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
    }

    private static async Task<Results<Accepted<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> ExtendAsync(
        Guid id, ExtendRequest request, RunsDbContext database, RunLifecycle lifecycle, RunReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await database.Runs.Where(run => run.Id == id).Select(run => new { run.Spec, run.Epochs }).SingleOrDefaultAsync(cancellationToken);
            if (run is null)
            {
                return Problem.UnknownRun(id);
            }

            if (request.Epochs == run.Epochs)
            {
                return await reader.DetailAsync(id, cancellationToken) is { } same ? TypedResults.Ok(same) : Problem.UnknownRun(id);
            }

            if (request.Epochs < run.Epochs || request.Epochs > RunActions.MaximumEpochs)
            {
                return Problem.BadMember("epochs", $"{request.Epochs}", $"more than the {run.Epochs} epochs of the run, up to {RunActions.MaximumEpochs}");
            }

            var spec = StoredSpec.Read(run.Spec);
            var reading = SpecReader.Read(JsonBytes(spec with { Training = spec.Training with { Epochs = request.Epochs } }));
            if (!reading.IsValid)
            {
                return SpecProblem.Of(reading.Findings);
            }

            var outcome = await lifecycle.ExtendAsync(id, reading.Spec, run.Epochs, cancellationToken);
            if (outcome is { Changed: false } && RunVerb.Extend.Of(outcome.Found, outcome.CancelRequested).Enabled)
            {
                continue; // Somebody else extended it meanwhile: look again.
            }

            return await LifecycleApi.AnswerAsync(id, RunVerb.Extend, outcome, reader, cancellationToken);
        }
    }

    private static async Task<Results<Created<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> ForkAsync(
        Guid id,
        ForkRequest request,
        RunsDbContext database,
        RunWriter writer,
        ParentWeights weights,
        RunReader reader,
        TimeProvider clock,
        [FromHeader(Name = IdempotencyKey.Header), Description("Repeating a request with the same key returns the first run."), StringLength(IdempotencyKey.MaximumLength, MinimumLength = 1)]
        string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Check(idempotencyKey) is { } badKey)
        {
            return badKey;
        }

        if (request.Changes?.Count > ForkRequest.MaximumChanges)
        {
            return Problem.BadMember("changes", $"{request.Changes.Count} changes", $"at most {ForkRequest.MaximumChanges} changes");
        }

        var parent = await database.Runs.Where(run => run.Id == id).Select(run => new { run.Name, run.Spec }).SingleOrDefaultAsync(cancellationToken);
        if (parent is null)
        {
            return Problem.UnknownRun(id);
        }

        var spec = StoredSpec.Read(parent.Spec) with { Name = parent.Name };
        var reading = SpecChanges.Apply(spec, request.Changes ?? []);
        if (reading.IsValid && request.Name is not null)
        {
            reading = SpecReader.Read(JsonBytes(reading.Spec with { Name = request.Name }));
        }

        if (!reading.IsValid)
        {
            return SpecProblem.Of(reading.Findings);
        }

        if (request.Weights && OtherNetwork(ModelPlanner.Plan(spec), reading.Plan) is { } difference)
        {
            return SpecProblem.Of([difference]);
        }

        var origin = new RunOrigin { Id = Guid.CreateVersion7(clock.GetUtcNow()), ParentId = id, Kind = ParentKind.Fork };
        if (request.Weights)
        {
            if (await weights.CopyAsync(id, origin.Id, cancellationToken) is not { } epoch)
            {
                return Problem.Of(
                    StatusCodes.Status409Conflict, "no-checkpoint", "The run has no weights to start from.",
                    $"No checkpoint of run {id} is in the data folder of this process. One is written when training ends or is paused, and while it goes on.");
            }

            origin = origin with { Epoch = epoch, Weights = ParentWeights.FileName };
        }

        var created = false;
        try
        {
            // Not given up when the client goes: whether the run was made decides about its weights.
            (var made, created) = await writer.SubmitAsync(reading.Spec, idempotencyKey, origin, CancellationToken.None);
            return made is null ? IdempotencyKey.Reused(idempotencyKey)
                : await reader.DetailAsync(made.Value, cancellationToken) is not { } run ? Problem.UnknownRun(made.Value)
                : created ? TypedResults.Created($"/api/v1/runs/{made}", run)
                : TypedResults.Ok(run);
        }
        finally
        {
            if (!created)
            {
                weights.Discard(origin.Id);
            }
        }
    }

    // The first layer with weights that the two networks do not share.
    private static SpecFinding? OtherNetwork(ModelPlan parent, ModelPlan child)
    {
        static List<LayerFit> Learned(ModelPlan plan) => [.. LayerTable.Rows(plan).Where(row => row.Parameters > 0).Select(row => row.ToFit())];

        var (expected, actual) = (Learned(parent), Learned(child));
        var first = Enumerable.Range(0, Math.Max(expected.Count, actual.Count))
            .FirstOrDefault(i => expected.ElementAtOrDefault(i)?.ToString() != actual.ElementAtOrDefault(i)?.ToString(), -1);
        return first < 0 ? null : SpecFinding.Error(
            "/model", actual.ElementAtOrDefault(first)?.ToString(), SpecFindingCode.WeightsDoNotFit,
            ("layer", actual.ElementAtOrDefault(first)), ("expected", expected.ElementAtOrDefault(first)));
    }

    private static byte[] JsonBytes(ExperimentSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, SpecJson.Options);
}
