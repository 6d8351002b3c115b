using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Results;

/// <summary>The curves of a run.</summary>
internal static class MetricsApi
{
    /// <summary>Maps the endpoints below a run.</summary>
    public static void MapRunMetrics(this IEndpointRouteBuilder run)
    {
        run.MapGet("/metrics", MetricsAsync).WithName("getRunMetrics").WithSummary("The curves of a run")
            .WithDescription("A curve with more points than wanted is sent in buckets of some epochs each: the last point, with lowest and highest value.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("/metrics.csv", MetricsCsvAsync).WithName("getRunMetricsCsv").WithSummary("The curves of a run, as a table")
            .WithDescription("One row for each epoch, one column for each metric; nothing is left out.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<RunMetrics>, ProblemHttpResult>> MetricsAsync(
        Guid id,
        CurveReader reader,
        RunReader runs,
        [Description("At most this many points a curve; 2000 by default."), Range(CurveReader.MinimumPoints, CurveReader.MaximumPoints)] int? points,
        [Description("Only this metric; may be repeated.")]
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

        var curves = await reader.ReadAsync([id], metric is { Length: > 0 } ? metric : null, points ?? CurveReader.DefaultPoints, cancellationToken);
        return curves.Count > 0 || await runs.ExistsAsync(id, cancellationToken)
            ? TypedResults.Ok(new RunMetrics { Series = [.. curves.Select(curve => new MetricSeries { Metric = curve.Metric, Points = curve.Points })] })
            : Problem.UnknownRun(id);
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
