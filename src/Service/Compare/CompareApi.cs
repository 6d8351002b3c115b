using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Results;
using Trainyard.Service.Store;

namespace Trainyard.Service.Compare;

/// <summary>Puts runs side by side.</summary>
internal static class CompareApi
{
    private const int MinimumRuns = 2;
    private const int MaximumRuns = 100;
    private const int DefaultPoints = 500;

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddCompare(this WebApplicationBuilder builder) => builder.Services.AddScoped<ComparisonReader>();

    /// <summary>Maps <c>/compare</c>.</summary>
    public static void MapCompare(this IEndpointRouteBuilder api)
    {
        var compare = api.MapGroup("").WithTags("Compare");
        compare.MapGet("/compare", CompareAsync).WithName("compareRuns").WithSummary("Compare runs")
            .WithDescription("What differs between 2 to 100 runs, their best values, curves, and mean and spread over seeds, with warnings where they cannot be compared.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        compare.MapGet("/compare.csv", CompareCsvAsync).WithName("compareRunsCsv").WithSummary("Compare runs, as a table")
            .WithDescription("One row for each run: the parameters that differ, and the best value of each metric with its epoch.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync(
        ComparisonReader reader,
        [Description("Id of a run; 2 to 100 of them.")] Guid[] run,
        [Description("At most this many points a curve; 500 by default."), Range(CurveReader.MinimumPoints, CurveReader.MaximumPoints)] int? points,
        [Description("Curves and bands of this metric only; may be repeated. Best values are sent of all.")]
        [AllowedValues("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate", "images_per_second")] string[]? metric,
        CancellationToken cancellationToken)
    {
        if (points is < CurveReader.MinimumPoints or > CurveReader.MaximumPoints)
        {
            return CurveReader.BadPoints(points.Value);
        }

        if (metric?.FirstOrDefault(name => !MetricNames.All.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            return Problem.BadParameter("metric", unknown, string.Join(", ", MetricNames.All));
        }

        var (runs, problem) = await ReadAsync(reader, run, metric is { Length: > 0 } ? metric : null, points ?? DefaultPoints, cancellationToken);
        return problem is null ? TypedResults.Ok(Comparer.Compare(runs)) : problem;
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CompareCsvAsync(
        ComparisonReader reader, [Description("Id of a run; 2 to 100 of them.")] Guid[] run, CancellationToken cancellationToken)
    {
        var (runs, problem) = await ReadAsync(reader, run, null, 0, cancellationToken);
        return problem is null ? TypedResults.Content(ComparisonCsv.Write(Comparer.Compare(runs)), Csv.ContentType) : problem;
    }

    private static async Task<(IReadOnlyList<ComparisonInput> Runs, ProblemHttpResult? Problem)> ReadAsync(
        ComparisonReader reader, Guid[] run, string[]? metrics, int points, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. run.Distinct()];
        if (ids.Length is < MinimumRuns or > MaximumRuns)
        {
            return ([], Problem.BadParameter("run", $"{ids.Length} different ids", $"{MinimumRuns} to {MaximumRuns} ids of runs"));
        }

        var runs = await reader.ReadAsync(ids, metrics, points, cancellationToken);
        return (runs, runs.Count == ids.Length ? null : Problem.UnknownRun(ids.Except(runs.Select(found => found.Run.Id)).First()));
    }
}
