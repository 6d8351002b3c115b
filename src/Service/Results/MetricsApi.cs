using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Results;

internal static class MetricsApi
{
    public static void MapRunMetrics(this IEndpointRouteBuilder run)
    {
        run.MapGet("/metrics", MetricsAsync).WithName("getRunMetrics").WithSummary("Metrics by epoch")
            .WithDescription("A series with more points than requested is downsampled into buckets of epochs: the last value with the minimum and maximum of each bucket.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        run.MapGet("/metrics.csv", MetricsCsvAsync).WithName("getRunMetricsCsv").WithSummary("Metrics by epoch as CSV")
            .WithDescription("One row for each epoch, one column for each metric, without downsampling.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<Results<Ok<RunMetrics>, ProblemHttpResult>> MetricsAsync(
        Guid id,
        CurveReader reader,
        RunReader runs,
        [Description("Maximum number of points per metric; default 2000."), Range(CurveReader.MinimumPoints, CurveReader.MaximumPoints)] int? points,
        [Description("Filter by metric; may be repeated."), AllowedMetrics] string[]? metric,
        CancellationToken cancellationToken)
    {
        var curves = await reader.ReadAsync([id], metric, points ?? CurveReader.DefaultPoints, cancellationToken);
        var metrics = new RunMetrics { Series = [.. curves.Select(curve => new MetricSeries { Metric = curve.Metric, Points = curve.Points })] };
        return await runs.FoundAsync(id, metrics, curves.Count > 0, cancellationToken);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> MetricsCsvAsync(
        Guid id, CurveReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var curves = await reader.ReadAsync([id], null, CurveReader.MaximumPoints, cancellationToken);
        if (curves.Count == 0 && !await runs.ExistsAsync(id, cancellationToken))
        {
            return Problem.UnknownRun(id);
        }

        var csv = new Csv();
        csv.Add(["epoch", "step", "seconds", .. curves.Select(curve => curve.Metric)]);
        var byEpoch = curves.Select(curve => curve.Points.ToDictionary(point => point.Epoch)).ToList();
        foreach (var point in curves.SelectMany(curve => curve.Points).DistinctBy(point => point.Epoch).OrderBy(point => point.Epoch))
        {
            csv.Add([point.Epoch, point.Step, point.Seconds, .. byEpoch.Select(points => (object?)points.GetValueOrDefault(point.Epoch)?.Value)]);
        }

        return TypedResults.Content(csv.ToString(), Csv.ContentType);
    }
}

internal sealed class AllowedMetricsAttribute() : AllowedItemsAttribute([.. MetricNames.All]);
