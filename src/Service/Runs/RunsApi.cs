using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

internal static class RunsApi
{
    public static void AddRuns(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SpecOptions>().BindConfiguration(SpecOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SpecLimitSource>();
        builder.Services.AddScoped<RunReader>();
        builder.Services.AddScoped<RunWriter>();
        builder.Services.AddScoped<RunList>();
        builder.Services.AddScoped<ParentWeights>();
        builder.Services.AddSingleton<RunFolders>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RunFolders>());
        builder.Services.AddSingleton<RunLifecycle>();
        builder.Services.AddSingleton<ColumnCatalog>();
        builder.Services.AddSingleton<SpecPointers>();
    }

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapPost("", SubmitAsync).WithName("submitRun").WithSummary("Submit a run")
            .WithDescription("Stores the spec and queues the run. Repeating a request with the same Idempotency-Key returns the first run.")
            .Accepts<ExperimentSpecInput>("application/json").WithMetadata(new RequestSizeLimitAttribute(SpecReader.MaximumBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .Produces<SpecProblem>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");
        runs.MapRunList();
        runs.MapGet("/{id:guid}", DetailAsync).WithName("getRun").WithSummary("Get a run with its spec, layers and attempts")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapRunActions();
        api.MapLineage();
    }

    private static async Task<Results<Created<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> SubmitAsync(
        HttpRequest request,
        ClaimsPrincipal user,
        SpecLimitSource limits,
        RunWriter writer,
        RunReader reader,
        [FromHeader(Name = IdempotencyKey.Header), IdempotencyKey, Description(IdempotencyKey.Description)] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        var spec = await SpecBody.ReadAsync(request, limits.Current, cancellationToken);
        if (!spec.IsValid)
        {
            return SpecProblem.From(spec);
        }

        var submission = await writer.SubmitAsync(spec.Spec, spec.Plan, user.Name(), idempotencyKey, origin: null, cancellationToken);
        return await SubmittedAsync(submission, spec, idempotencyKey, reader, cancellationToken);
    }

    // 201 for a new run, 200 for the run of a repeated key, 409 for a key that belongs to another run.
    internal static async Task<Results<Created<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> SubmittedAsync(
        Submission? submission, SpecReading spec, string? idempotencyKey, RunReader reader, CancellationToken cancellationToken) =>
        submission is not { Id: var id, Created: var created } ? IdempotencyKey.Reused(idempotencyKey)
        : await reader.DetailAsync(id, spec, cancellationToken) is not { } run ? Problem.UnknownRun(id)
        : created ? TypedResults.Created($"/api/v1/runs/{id}", run)
        : TypedResults.Ok(run);

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> DetailAsync(Guid id, RunReader reader, CancellationToken cancellationToken) =>
        await reader.DetailAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problem.UnknownRun(id);
}
