using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Specs.Events.Observation;

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
        run.MapGet("/observations", ObservationsAsync).WithLargeStream().WithName("getRunObservations").WithSummary("Get layer statistics by epoch")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        run.MapGet("/decision-frames", DecisionFramesAsync).WithLargeStream().WithName("getRunDecisionFrames").WithSummary("Get decision-boundary frames")
            .WithDescription("Predictions on a grid of the input space by epoch, for networks with two inputs.");
        run.MapGet("/predictions", PredictionsAsync).WithLargeStream().WithName("getRunPredictions").WithSummary("Get predictions for a few validation images by epoch");
        run.MapGet("/evaluation", EvaluationAsync).WithLargeStream().WithName("getRunEvaluation").WithSummary("Get evaluations: confusion matrix, scores per class, mistakes");
        run.MapGet("/findings", FindingsAsync).WithName("getRunFindings").WithSummary("Get the findings of the diagnosis");
    }

    private static async Task<Results<StreamedJson<RunObservations>, ProblemHttpResult>> ObservationsAsync(
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
        if (observations.IsEmpty && !await runs.ExistsAsync(id, cancellationToken))
        {
            return Problem.UnknownRun(id);
        }

        var layers = new SortedDictionary<int, ObservedLayer>();
        return new StreamedJson<RunObservations>("epochs", EpochsAsync(), () => [("layers", layers.Values)]);

        async IAsyncEnumerable<object> EpochsAsync()
        {
            await foreach (var (_, _, observation) in observations.ReadAsync(cancellationToken))
            {
                foreach (var layer in observation.Layers)
                {
                    layers.TryAdd(layer.Layer, new ObservedLayer { Layer = layer.Layer, Name = layer.Name, Kind = layer.Kind });
                }

                yield return new ObservedEpoch { Epoch = observation.Epoch, Step = observation.Step, Layers = observation.Layers, Histograms = observation.Histograms };
            }
        }
    }

    private static async Task<Results<StreamedJson<DecisionFilm>, ProblemHttpResult>> DecisionFramesAsync(
        Guid id, ResultReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var frames = await reader.DecisionFramesAsync(id, cancellationToken);
        if (frames.IsEmpty && !await runs.ExistsAsync(id, cancellationToken))
        {
            return Problem.UnknownRun(id);
        }

        // Only the first frame of an attempt has the points.
        IReadOnlyList<SamplePoint>? points = null;
        return new StreamedJson<DecisionFilm>("frames", FramesAsync(), () => [("points", points ?? [])]);

        async IAsyncEnumerable<object> FramesAsync()
        {
            await foreach (var (_, _, happened) in frames.ReadAsync(cancellationToken))
            {
                if (happened.Frame is { } frame)
                {
                    points ??= frame.Points;
                    yield return new FilmFrame { Epoch = happened.Epoch, Step = happened.Step, Frame = frame with { Points = null } };
                }
            }
        }
    }

    private static async Task<Results<StreamedJson<RunPredictions>, ProblemHttpResult>> PredictionsAsync(
        Guid id, ResultReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var predictions = await reader.PredictionsAsync(id, cancellationToken);
        if (predictions.IsEmpty && !await runs.ExistsAsync(id, cancellationToken))
        {
            return Problem.UnknownRun(id);
        }

        IReadOnlyList<LabeledImage>? images = null;
        return new StreamedJson<RunPredictions>("epochs", EpochsAsync(), () => [("images", images ?? [])]);

        async IAsyncEnumerable<object> EpochsAsync()
        {
            await foreach (var (_, _, happened) in predictions.ReadAsync(cancellationToken))
            {
                images ??= happened.Images;
                yield return new PredictedEpoch { Epoch = happened.Epoch, Step = happened.Step, Predictions = happened.Predictions };
            }
        }
    }

    private static async Task<Results<StreamedJson<RunEvaluations>, ProblemHttpResult>> EvaluationAsync(
        Guid id, ResultReader reader, RunReader runs, CancellationToken cancellationToken)
    {
        var evaluations = await reader.EvaluationsAsync(id, cancellationToken);
        return evaluations.IsEmpty && !await runs.ExistsAsync(id, cancellationToken)
            ? Problem.UnknownRun(id)
            : new StreamedJson<RunEvaluations>(
                "evaluations", evaluations.ReadAsync(cancellationToken).Select(object (stored) => new RunEvaluation(stored.Seq, stored.At, stored.Event)));
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
