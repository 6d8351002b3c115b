using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Http;
using Trainyard.Service.SpecChecks;

namespace Trainyard.Service.Runs;

/// <summary>Submits and shows runs.</summary>
internal static class RunsApi
{
    /// <summary>Adds what the endpoints need.</summary>
    public static void AddRuns(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<RunReader>();
        builder.Services.AddScoped<RunWriter>();
    }

    /// <summary>Maps <c>/runs</c>.</summary>
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapPost("", SubmitAsync).WithName("submitRun").WithSummary("Submit a run")
            .WithDescription("Stores the spec and queues the run. With an Idempotency-Key, repeating the request returns the first run instead of making another.")
            .Accepts<ExperimentSpecInput>("application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .Produces<SpecProblem>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
        runs.MapGet("/{id:guid}", DetailAsync).WithName("getRun").WithSummary("Show a run with its spec, network and attempts")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> SubmitAsync(
        HttpRequest request,
        RunWriter writer,
        RunReader reader,
        [FromHeader(Name = IdempotencyKey.Header), Description("Repeating a request with the same key returns the first run."), StringLength(IdempotencyKey.MaximumLength, MinimumLength = 1)]
        string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Check(idempotencyKey) is { } badKey)
        {
            return badKey;
        }

        var (reading, problem) = await SpecBody.ReadAsync(request, cancellationToken);
        if (reading is null)
        {
            return problem!;
        }

        if (!reading.IsValid)
        {
            return SpecProblem.Of(reading.Findings);
        }

        var (id, created) = await writer.SubmitAsync(reading.Spec, idempotencyKey, origin: null, cancellationToken);
        if (id is null)
        {
            return IdempotencyKey.Reused(idempotencyKey);
        }

        return await reader.DetailAsync(id.Value, cancellationToken) is not { } run ? Problem.UnknownRun(id.Value)
            : created ? TypedResults.Created($"/api/v1/runs/{id}", run) : TypedResults.Ok(run);
    }

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> DetailAsync(Guid id, RunReader reader, CancellationToken cancellationToken) =>
        await reader.DetailAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problem.UnknownRun(id);
}
