using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Results;

/// <summary>What was measured and noticed while a run trained.</summary>
internal static class DetailsApi
{
    /// <summary>Adds what the endpoints need.</summary>
    public static void AddRunDetails(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DetailReader>();
        builder.Services.AddScoped<RunFiles>();
        builder.Services.AddSingleton<CurveReader>();
    }

    /// <summary>Maps the endpoints below a run.</summary>
    public static void MapRunDetails(this IEndpointRouteBuilder api)
    {
        var run = api.MapGroup("/runs/{id:guid}").WithTags("Details");
        run.MapRunMetrics();
        run.MapRunFiles();
        run.MapGet("/observations", ObservationsAsync).WithName("getRunObservations").WithSummary("Statistics of each layer by epoch")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("/decision-frames", DecisionFramesAsync).WithName("getRunDecisionFrames").WithSummary("What a network of two inputs decides, by epoch")
            .ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("/evaluation", EvaluationAsync).WithName("getRunEvaluation").WithSummary("Confusion matrix, scores per class and worst mistakes")
            .ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("/findings", FindingsAsync).WithName("getRunFindings").WithSummary("What the diagnosis noticed")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<RunObservations>, ProblemHttpResult>> ObservationsAsync(
        Guid id,
        DetailReader reader,
        RunReader runs,
        [Description("First epoch; 0 is before the first update."), Range(0, int.MaxValue)] int? from,
        [Description("Last epoch."), Range(0, int.MaxValue)] int? to,
        [Description("Whether to send the histograms too; false by default.")] bool? histograms,
        CancellationToken cancellationToken)
    {
        if (from < 0)
        {
            return Problem.BadParameter("from", $"{from}", "an epoch, 0 or more");
        }

        if (to < (from ?? 0))
        {
            return Problem.BadParameter("to", $"{to}", $"an epoch, {from ?? 0} or more");
        }

        var observations = await reader.ObservationsAsync(id, from, to, histograms ?? false, cancellationToken);
        return observations.Epochs.Count > 0 || await runs.ExistsAsync(id, cancellationToken)
            ? TypedResults.Ok(observations)
            : Problem.UnknownRun(id);
    }

    private static async Task<Results<Ok<DecisionFilm>, ProblemHttpResult>> DecisionFramesAsync(
        Guid id, DetailReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var film = await reader.DecisionFramesAsync(id, cancellationToken);
        return film.Frames.Count > 0 || await runs.ExistsAsync(id, cancellationToken) ? TypedResults.Ok(film) : Problem.UnknownRun(id);
    }

    private static async Task<Results<Ok<RunEvaluations>, ProblemHttpResult>> EvaluationAsync(
        Guid id, DetailReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var evaluations = await reader.EvaluationsAsync(id, cancellationToken);
        return evaluations.Evaluations.Count > 0 || await runs.ExistsAsync(id, cancellationToken)
            ? TypedResults.Ok(evaluations)
            : Problem.UnknownRun(id);
    }

    private static async Task<Results<Ok<RunFindings>, ProblemHttpResult>> FindingsAsync(
        Guid id, DetailReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var findings = await reader.FindingsAsync(id, cancellationToken);
        return findings.Findings.Count > 0 || await runs.ExistsAsync(id, cancellationToken) ? TypedResults.Ok(findings) : Problem.UnknownRun(id);
    }
}
