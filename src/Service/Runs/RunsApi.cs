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
        builder.Services.AddSingleton<RunQuota>();
        builder.Services.AddScoped<RunList>();
        builder.Services.AddScoped<ParentWeights>();
        builder.Services.AddSingleton<RunFolders>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RunFolders>());
        builder.Services.AddSingleton<RunLifecycle>();
        builder.Services.AddSingleton<ColumnCatalog>();
        builder.Services.AddSingleton<SettingGroupReader>();
        builder.Services.AddSingleton<SpecPointers>();
    }

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapPost("", SubmitAsync).RequireRateLimiting(RequestRates.Submits).WithName("submitRun").WithSummary("Submit a run")
            .WithDescription("Stores the spec and queues the run. Repeating a request with the same Idempotency-Key returns the first run.")
            .Accepts<ExperimentSpecInput>("application/json").WithMetadata(new RequestSizeLimitAttribute(SpecReader.MaximumBytes))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesBodyProblems().WithSpecExamples();
        runs.MapRunList();
        runs.MapGet("/{id:guid}", DetailAsync).WithName("getRun").WithSummary("Get a run with its spec, layers and attempts")
            .ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapRunTable();
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
        var spec = await SpecBody.ReadAsync(request, await limits.CurrentAsync(cancellationToken), cancellationToken);
        if (!spec.IsValid)
        {
            return BodyProblem.From(spec);
        }

        var once = idempotencyKey is null ? null : new IdempotentRequest(idempotencyKey, spec.Spec.Sha256());
        var submission = await writer.SubmitAsync(spec.Spec, spec.Plan, user.Name(), once, origin: null, cancellationToken);
        return await SubmittedAsync(submission, spec, reader, cancellationToken);
    }

    // 201 for a new run, 200 for the run of a repeated request, 409 for a key that belongs to another request, 429 at a limit.
    internal static async Task<Results<Created<RunDetail>, Ok<RunDetail>, ProblemHttpResult>> SubmittedAsync(
        Submission submission, SpecReading? spec, RunReader reader, CancellationToken cancellationToken) =>
        submission.Outcome == SubmissionOutcome.KeyReused ? IdempotencyKey.Reused(submission.Id)
        : submission.Reached is { } reached ? reached.ToProblem()
        : await reader.DetailAsync(submission.Id, spec, cancellationToken) is not { } run ? Problem.UnknownRun(submission.Id)
        : submission.Outcome == SubmissionOutcome.Created ? TypedResults.Created($"/api/v1/runs/{run.Id}", run)
        : TypedResults.Ok(run);

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> DetailAsync(Guid id, RunReader reader, CancellationToken cancellationToken) =>
        await reader.DetailAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problem.UnknownRun(id);
}
