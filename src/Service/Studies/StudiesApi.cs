using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Studies.Import;

namespace Trainyard.Service.Studies;

internal static class StudiesApi
{
    private const int MaximumLimit = 200;
    private const int DefaultLimit = 50;

    public static void AddStudies(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<StudyReader>();
        builder.Services.AddScoped<StudyWriter>();
        builder.Services.AddScoped<StudyStep>();
        builder.Services.AddScoped<StudyProposals>();
        builder.Services.AddScoped<StudyTests>();
        builder.Services.AddSingleton<TrialReader>();
        builder.Services.AddSingleton<StudyResults>();
        builder.Services.AddSingleton<StudyHistory>();
        builder.Services.AddSingleton<StudyValidator>();
        builder.Services.AddSingleton<StudyChecker>();
        builder.Services.AddSingleton<StudyLifecycle>();
        builder.Services.AddHostedService<StudyCoordinator>();
    }

    public static void MapStudies(this IEndpointRouteBuilder api)
    {
        var studies = api.MapGroup("/studies").WithTags("Studies");
        studies.MapPost("", SubmitAsync).RequireRateLimiting(RequestRates.Submits).WithName("submitStudy").WithSummary("Submit a study")
            .WithDescription("Stores the study; its trials are proposed and queued one after the other. Repeating a request with the same Idempotency-Key returns the first study.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesBodyProblems().WithStudyExamples();
        studies.MapPost("/check", CheckAsync).RequireScope(AccessScope.Read).WithName("checkStudy").WithSummary("Expand a study without submitting it")
            .WithDescription("Number of trials, cost, expected time, invalid combinations by name, and the first ten specs; or all findings at once.")
            .ProducesBodyProblems().WithStudyExamples();
        studies.MapPost("/import", Import).RequireScope(AccessScope.Read).WithName("importSearchSpace").WithSummary("Import the search space of another tool")
            .WithDescription("Reads a sweep of Weights & Biases, distributions of Optuna as JSON, or an experiment of Determined. What did not map is listed.")
            .ProducesBodyProblems().WithExample(
                "sweep", "A sweep of Weights & Biases",
                """{ "text": "method: bayes\nmetric: { name: val_accuracy, goal: maximize }\nparameters:\n  learning_rate: { distribution: log_uniform_values, min: 0.0001, max: 0.1 }\n  momentum: { value: 0.9 }\n" }""");
        studies.MapGet("", ListAsync).WithName("listStudies").WithSummary("List studies").WithDescription("Latest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        var study = studies.MapGroup("/{id:guid}").ProducesProblem(StatusCodes.Status404NotFound);
        study.MapGet("", DetailAsync).WithName("getStudy").WithSummary("Get a study with its definition");
        study.MapGet("/trials", TrialsAsync).WithName("listTrials").WithSummary("List the trials of a study")
            .WithDescription("All trials with their values, runs and findings, in the order in which they were proposed.");
        study.MapGet("/trials.csv", TrialsCsvAsync).WithName("listTrialsCsv").WithSummary("List the trials of a study as CSV")
            .WithDescription("One row for each trial: its values, and the metric of each seed.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        study.MapGet("/result", ResultAsync).WithName("getStudyResult").WithSummary("Get the results of a study")
            .WithDescription("The best trial; the trials compared seed by seed, with a verdict; the importance of the parameters; and what early stopping would have saved.");
        study.MapStudyActions();
    }

    private static async Task<Results<Created<StudyDetail>, Ok<StudyDetail>, ProblemHttpResult>> SubmitAsync(
        StudyRequest request,
        ClaimsPrincipal user,
        StudyValidator validator,
        StudyWriter writer,
        StudyReader reader,
        [FromHeader(Name = IdempotencyKey.Header), IdempotencyKey, Description("Repeating a request with the same key returns the first study.")] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        var reading = await validator.ReadAsync(request, cancellationToken);
        if (reading.Definition is not { } definition)
        {
            return BodyProblem.InvalidBody(reading.Findings);
        }

        var submission = await writer.SubmitAsync(request, definition, reading.Trials, user.Name(), idempotencyKey, cancellationToken);
        return submission.KeyReused
                ? Problem.Create(
                    StatusCodes.Status409Conflict, "key-reused", "The Idempotency-Key was used for another request.",
                    $"A different request with this key created study {submission.Id}; use a new key for a new study.", ("study", submission.Id))
            : await reader.DetailAsync(submission.Id, cancellationToken) is not { } study ? Problem.UnknownStudy(submission.Id)
            : submission.Created ? TypedResults.Created($"/api/v1/studies/{study.Id}", study)
            : TypedResults.Ok(study);
    }

    private static async Task<Ok<StudyCheck>> CheckAsync(StudyRequest request, StudyChecker checker, CancellationToken cancellationToken) =>
        TypedResults.Ok(await checker.CheckAsync(request, cancellationToken));

    private static async Task<Results<Ok<StudyPage>, ProblemHttpResult>> ListAsync(
        StudyReader reader,
        [Description("Value of next in the previous page.")] string? after,
        [Description("Page size; default 50."), Range(1, MaximumLimit)] int? limit,
        [FromQuery, Description("Filter by state; may be repeated."), AllowedItems("running", "paused", "stopping", "cancelling", "completed", "stopped", "cancelled", "failed")] string[]? state,
        CancellationToken cancellationToken)
    {
        var cursor = Guid.TryParse(after, out var id) && id.ToString() == after ? id : (Guid?)null;
        return after is not null && cursor is null
            ? Problem.BadParameter("after", after, "the value of next in the previous page")
            : TypedResults.Ok(await reader.ListAsync(cursor, limit ?? DefaultLimit, state, cancellationToken));
    }

    private static async Task<Results<Ok<StudyDetail>, ProblemHttpResult>> DetailAsync(Guid id, StudyReader reader, CancellationToken cancellationToken) =>
        await reader.DetailAsync(id, cancellationToken) is { } study ? TypedResults.Ok(study) : Problem.UnknownStudy(id);

    private static async Task<Results<Ok<TrialList>, ProblemHttpResult>> TrialsAsync(
        Guid id,
        StudyReader reader,
        TrialReader trials,
        [Description("Whether to return the curve of the metric of each trial; default false.")] bool? curves,
        CancellationToken cancellationToken) =>
        await reader.DefinitionAsync(id, cancellationToken) is { } definition
            ? TypedResults.Ok(new TrialList { Items = await trials.ReadAsync(id, definition, curves == true, cancellationToken) })
            : Problem.UnknownStudy(id);

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> TrialsCsvAsync(
        Guid id, StudyReader reader, TrialReader trials, CancellationToken cancellationToken) =>
        await reader.DefinitionAsync(id, cancellationToken) is { } definition
            ? TypedResults.Content(TrialReader.ToCsv(await trials.ReadAsync(id, definition, withCurves: false, cancellationToken), definition), Csv.ContentType)
            : Problem.UnknownStudy(id);

    private static async Task<Results<Ok<StudyResult>, ProblemHttpResult>> ResultAsync(
        Guid id, StudyReader reader, StudyResults results, CancellationToken cancellationToken) =>
        await reader.DetailAsync(id, cancellationToken) is { } study ? TypedResults.Ok(await results.ReadAsync(study, cancellationToken)) : Problem.UnknownStudy(id);

    private static Ok<ImportedSpace> Import(ImportRequest request) => TypedResults.Ok(SearchSpaceImport.Read(request.Text));

    private static RouteHandlerBuilder WithStudyExamples(this RouteHandlerBuilder endpoint)
    {
        foreach (var (name, summary) in ((string, string)[])[("xor-optimizers", "Optimizers on XOR, five seeds each"), ("shapes-search", "Learning rate and decay of an MLP on shapes, by TPE")])
        {
            using var file = typeof(StudiesApi).Assembly.GetManifestResourceStream($"examples/studies/{name}.json")!;
            using var text = new StreamReader(file);
            endpoint.WithExample(name, summary, text.ReadToEnd());
        }

        return endpoint;
    }
}
