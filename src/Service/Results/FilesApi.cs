using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Results;

internal static class FilesApi
{
    private const int DefaultLines = 1000;
    private const int MaximumLines = 100_000;

    public static void MapRunFiles(this IEndpointRouteBuilder run)
    {
        run.MapGet("/log", LogAsync).WithLargeStream().WithName("getRunLog").WithSummary("Get the trainer log")
            .WithDescription("Standard error of all attempts, oldest first, at most the last 4 MiB. Empty before the first attempt.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        run.MapGet("/checkpoints", CheckpointsAsync).WithName("listRunCheckpoints").WithSummary("List the checkpoints of a run");
        run.MapGet("/checkpoints/{file}", DownloadAsync).WithName("downloadRunCheckpoint").WithSummary("Download a checkpoint")
            .WithDescription("A file that is listed as available. Range requests are supported.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream").Produces<Stream>(StatusCodes.Status206PartialContent, "application/octet-stream")
            .Produces(StatusCodes.Status304NotModified).Produces(StatusCodes.Status416RangeNotSatisfiable);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> LogAsync(
        Guid id,
        RunFiles files,
        RunReader runs,
        [Description("Number of lines from the end; default 1000."), Range(1, MaximumLines)] int? tail,
        CancellationToken cancellationToken)
    {
        if ((await runs.SummariesAsync([id], cancellationToken)).SingleOrDefault() is not { } run)
        {
            return Problem.UnknownRun(id);
        }

        var log = files.Log(id, tail ?? DefaultLines, cancellationToken);
        return log is null && run.Attempt > 0
            ? Unavailable($"The log of run {id} is not available: its worker keeps it in a data folder that this process does not share.")
            : TypedResults.Stream(log ?? (_ => Task.CompletedTask), "text/plain; charset=utf-8");
    }

    private static async Task<Results<Ok<RunCheckpoints>, ProblemHttpResult>> CheckpointsAsync(
        Guid id, RunFiles files, RunReader runs, CancellationToken cancellationToken)
    {
        var checkpoints = await files.CheckpointsAsync(id, cancellationToken);
        return await runs.FoundAsync(id, checkpoints, checkpoints.Items.Count > 0, cancellationToken);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        Guid id, [Description("File name of a checkpoint.")] string file, RunFiles files, RunReader runs, CancellationToken cancellationToken)
    {
        var checkpoint = await files.FindCheckpointAsync(id, file, cancellationToken);
        if (checkpoint is not null && await files.OpenAsync(id, checkpoint) is { } stream)
        {
            return TypedResults.Stream(
                stream,
                "application/octet-stream",
                $"{id}-{checkpoint.File}",
                checkpoint.At,
                new EntityTagHeaderValue($"\"{checkpoint.Sha256}\""),
                enableRangeProcessing: true);
        }

        if (checkpoint is not null)
        {
            return Unavailable($"Checkpoint {file} of run {id} is not available: only the latest are kept, in the data folder of the worker.");
        }

        return await runs.ExistsAsync(id, cancellationToken)
            ? Problem.Create(
                StatusCodes.Status404NotFound, "unknown-checkpoint", "Checkpoint not found.",
                $"Run {id} has no checkpoint {file}.")
            : Problem.UnknownRun(id);
    }

    private static ProblemHttpResult Unavailable(string detail) =>
        Problem.Create(StatusCodes.Status404NotFound, "file-unavailable", "The file is not available.", detail);
}
