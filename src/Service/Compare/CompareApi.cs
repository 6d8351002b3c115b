using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Http;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Compare;

internal static class CompareApi
{
    private const int MinimumRuns = 2;
    private const int MaximumRuns = 100;
    private const int DefaultPoints = 500;

    public static void AddCompare(this WebApplicationBuilder builder) => 
        builder.Services.AddScoped<ComparisonReader>().AddSingleton<CurvesCsv>();

    public static void MapCompare(this IEndpointRouteBuilder api)
    {
        var compare = api.MapGroup("").WithTags("Compare")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        compare.MapGet("/compare", CompareAsync).WithLargeWhole().WithName("compareRuns").WithSummary("Compare runs")
            .WithDescription("Differences of 2 to 100 specs, best values, curves, mean and standard deviation over seeds, and notes on what limits the comparison.");
        compare.MapGet("/compare.csv", CompareCsvAsync).WithLargeWhole().WithName("compareRunsCsv").WithSummary("Compare runs as CSV")
            .WithDescription("One row for each run: the parameters that differ, and the best value of each metric with its epoch.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        compare.MapGet("/compare/curves.csv", CurvesCsvAsync).WithLargeStream().WithName("compareCurvesCsv").WithSummary("Get curves of runs as CSV")
            .WithDescription("One row for each run, metric and epoch, without downsampling.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync(
        ComparisonReader reader,
        [FromQuery, Description("Ids of 2 to 100 runs.")] Guid[] run,
        [Description("Maximum number of points per curve; default 500."), Range(CurveReader.MinimumPoints, CurveReader.MaximumPoints)] int? points,
        [FromQuery, Description("Filter curves and bands by metric; may be repeated. Best values are returned for all metrics."), AllowedMetrics] string[]? metric,
        CancellationToken cancellationToken)
    {
        Guid[] ids = [.. run.Distinct()];
        if (CheckCount(ids) is { } invalid)
        {
            return invalid;
        }

        var runs = await reader.ReadAsync(ids, metric, points ?? DefaultPoints, cancellationToken);
        return FindUnknown(ids, runs) is { } unknown ? unknown : TypedResults.Ok(Comparer.Compare(runs));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CompareCsvAsync(
        ComparisonReader reader, [Description("Ids of 2 to 100 runs.")] Guid[] run, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. run.Distinct()];
        if (CheckCount(ids) is { } invalid)
        {
            return invalid;
        }

        var runs = await reader.ReadAsync(ids, null, 0, cancellationToken);
        return FindUnknown(ids, runs) is { } unknown ? unknown : TypedResults.Content(ComparisonCsv.Write(Comparer.Compare(runs)), Csv.ContentType);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> CurvesCsvAsync(
        RunReader reader, CurvesCsv curves, [Description("Ids of 2 to 100 runs.")] Guid[] run, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. run.Distinct()];
        if (CheckCount(ids) is { } invalid)
        {
            return invalid;
        }

        var found = (await reader.SummariesAsync(ids, cancellationToken)).ToDictionary(summary => summary.Id);
        return ids.Where(id => !found.ContainsKey(id)).Select(id => (Guid?)id).FirstOrDefault() is { } unknown ? Problem.UnknownRun(unknown)
            : TypedResults.Stream(stream => curves.WriteAsync([.. ids.Select(id => found[id])], stream, cancellationToken), Csv.ContentType);
    }

    private static ProblemHttpResult? CheckCount(Guid[] ids) => ids.Length is < MinimumRuns or > MaximumRuns
        ? Problem.BadParameter("run", $"{ids.Length} different ids", $"{MinimumRuns} to {MaximumRuns} run ids")
        : null;

    private static ProblemHttpResult? FindUnknown(Guid[] ids, IReadOnlyList<ComparisonInput> runs) =>
        runs.Count < ids.Length ? Problem.UnknownRun(ids.Except(runs.Select(found => found.Run.Id)).First()) : null;
}
