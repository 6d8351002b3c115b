using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Results;

internal static class MetricsApi
{
    private const int FlushedRows = 200;

    public static void MapRunMetrics(this IEndpointRouteBuilder run)
    {
        run.MapGet("/metrics", MetricsAsync).WithLargeWhole().WithName("getRunMetrics").WithSummary("Get metrics by epoch")
            .WithDescription("A series with more points than requested is downsampled into buckets of epochs: the last value with the minimum and maximum of each bucket.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        run.MapGet("/metrics.csv", MetricsCsvAsync).WithLargeStream().WithName("getRunMetricsCsv").WithSummary("Get metrics by epoch as CSV")
            .WithDescription("One row for each epoch, one column for each metric, without downsampling.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<Results<Ok<RunMetrics>, ProblemHttpResult>> MetricsAsync(
        Guid id,
        CurveReader reader,
        RunReader runs,
        [Description("Maximum number of points per metric; default 2000."), Range(CurveReader.MinimumPoints, CurveReader.MaximumPoints)] int? points,
        [FromQuery, Description("Filter by metric; may be repeated."), AllowedMetrics] string[]? metric,
        CancellationToken cancellationToken)
    {
        var curves = await reader.ReadAsync([id], metric, points ?? CurveReader.DefaultPoints, cancellationToken);
        var metrics = new RunMetrics { Series = [.. curves.Select(curve => new MetricSeries { Metric = curve.Metric, Points = curve.Points })] };
        return await runs.FoundAsync(id, metrics, curves.Count > 0, cancellationToken);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> MetricsCsvAsync(
        Guid id, CurveReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var (metrics, lastEpoch) = await reader.MetricsAsync(id, cancellationToken);
        return metrics.Count == 0 && !await runs.ExistsAsync(id, cancellationToken) ? Problem.UnknownRun(id) : TypedResults.Stream(WriteAsync, Csv.ContentType);

        async Task WriteAsync(Stream body)
        {
            var csv = new Csv();
            csv.Add(["epoch", "step", "seconds", .. metrics]);
            var waiting = 0;
            await foreach (var (epoch, step, seconds, values) in reader.RowsAsync(id, metrics, lastEpoch, cancellationToken))
            {
                csv.Add([epoch, step, seconds, .. values]);
                if (++waiting % FlushedRows == 0)
                {
                    await csv.FlushAsync(body, cancellationToken);
                }
            }

            await csv.FlushAsync(body, cancellationToken);
        }
    }
}

internal sealed class AllowedMetricsAttribute() : AllowedItemsAttribute([.. MetricNames.All]);
