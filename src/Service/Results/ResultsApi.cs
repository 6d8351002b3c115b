using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Results;

internal static class ResultsApi
{
    public static void AddResults(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ResultReader>();
        builder.Services.AddScoped<RunFiles>();
        builder.Services.AddSingleton<CurveReader>();
    }

    public static void MapResults(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id:guid}").WithTags("Results").ProducesProblem(StatusCodes.Status404NotFound);
        run.MapRunMetrics();
        run.MapRunFiles();
        run.MapGet("/observations", ObservationsAsync).WithName("getRunObservations").WithSummary("Layer statistics by epoch")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        run.MapGet("/decision-frames", DecisionFramesAsync).WithName("getRunDecisionFrames").WithSummary("Decision-boundary frames")
            .WithDescription("Predictions on a grid of the input space by epoch, for networks with two inputs.");
        run.MapGet("/evaluation", EvaluationAsync).WithName("getRunEvaluation").WithSummary("Evaluations: confusion matrix, scores per class, mistakes");
        run.MapGet("/findings", FindingsAsync).WithName("getRunFindings").WithSummary("Findings of the diagnosis");
    }

    private static async Task<Results<Ok<RunObservations>, ProblemHttpResult>> ObservationsAsync(
        Guid id,
        ResultReader reader,
        RunReader runs,
        [Description("First epoch; 0 is before the first step."), Range(0, int.MaxValue)] int? from,
        [Description("Last epoch."), Range(0, int.MaxValue)] int? to,
        [Description("Whether to include the histograms; default false.")] bool? histograms,
        CancellationToken cancellationToken)
    {
        if (to < from)
        {
            return Problem.BadParameter("to", $"{to}", $"an epoch, {from} or more");
        }

        var observations = await reader.ObservationsAsync(id, from ?? 0, to ?? int.MaxValue, histograms == true, cancellationToken);
        return await runs.FoundAsync(id, observations, observations.Epochs.Count > 0, cancellationToken);
    }

    private static async Task<Results<Ok<DecisionFilm>, ProblemHttpResult>> DecisionFramesAsync(
        Guid id, ResultReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var film = await reader.DecisionFramesAsync(id, cancellationToken);
        return await runs.FoundAsync(id, film, film.Frames.Count > 0, cancellationToken);
    }

    private static async Task<Results<Ok<RunEvaluations>, ProblemHttpResult>> EvaluationAsync(
        Guid id, ResultReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var evaluations = await reader.EvaluationsAsync(id, cancellationToken);
        return await runs.FoundAsync(id, evaluations, evaluations.Evaluations.Count > 0, cancellationToken);
    }

    private static async Task<Results<Ok<RunFindings>, ProblemHttpResult>> FindingsAsync(
        Guid id, ResultReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var findings = await reader.FindingsAsync(id, cancellationToken);
        return await runs.FoundAsync(id, findings, findings.Findings.Count > 0, cancellationToken);
    }

    // Only an empty result needs a query for the run.
    internal static async Task<Results<Ok<T>, ProblemHttpResult>> FoundAsync<T>(
        this RunReader runs, Guid id, T result, bool hasContent, CancellationToken cancellationToken) =>
        hasContent || await runs.ExistsAsync(id, cancellationToken) ? TypedResults.Ok(result) : Problem.UnknownRun(id);
}
