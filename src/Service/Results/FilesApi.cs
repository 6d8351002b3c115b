using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Results;

/// <summary>Log and checkpoints of a run.</summary>
internal static class FilesApi
{
    private const int DefaultLines = 1000;
    private const int MaximumLines = 100_000;

    /// <summary>Maps the endpoints below a run.</summary>
    public static void MapRunFiles(this IEndpointRouteBuilder run)
    {
        run.MapGet("/log", LogAsync).WithName("getRunLog").WithSummary("What the trainer wrote to standard error")
            .WithDescription("All attempts, newest last, at most the last 4 MiB. Empty before the first attempt.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("/checkpoints", CheckpointsAsync).WithName("listRunCheckpoints").WithSummary("List the checkpoints of a run")
            .ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("/checkpoints/{file}", DownloadAsync).WithName("downloadRunCheckpoint").WithSummary("Download a checkpoint")
            .WithDescription("The bytes of a file that the list names as available.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> LogAsync(
        Guid id,
        RunFiles files,
        RunReader runs,
        [Description("At most this many lines from the end; 1000 by default."), Range(1, MaximumLines)] int? tail,
        CancellationToken cancellationToken)
    {
        if (tail is < 1 or > MaximumLines)
        {
            return Problem.BadParameter("tail", $"{tail}", $"1 to {MaximumLines}");
        }

        if ((await runs.SummariesAsync([id], cancellationToken)).SingleOrDefault() is not { } run)
        {
            return Problem.UnknownRun(id);
        }

        var log = await files.LogAsync(id, tail ?? DefaultLines, cancellationToken);
        return log is null && run.Attempt > 0
            ? Unavailable($"The log of run {id} is not on this machine: its worker keeps it in a data folder that this process does not share.")
            : TypedResults.Text(log ?? "", "text/plain", Encoding.UTF8);
    }

    private static async Task<Results<Ok<RunCheckpoints>, ProblemHttpResult>> CheckpointsAsync(
        Guid id, RunFiles files, RunReader runs, CancellationToken cancellationToken)
    {
        var checkpoints = await files.CheckpointsAsync(id, cancellationToken);
        return checkpoints.Items.Count > 0 || await runs.ExistsAsync(id, cancellationToken) ? TypedResults.Ok(checkpoints) : Problem.UnknownRun(id);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        Guid id, [Description("A file of the list of checkpoints.")] string file, RunFiles files, RunReader runs, CancellationToken cancellationToken)
    {
        var (stream, checkpoint) = await files.OpenCheckpointAsync(id, file, cancellationToken);
        if (stream is not null)
        {
            return TypedResults.Stream(
                stream,
                "application/octet-stream",
                $"{id}-{checkpoint!.File}",
                checkpoint.At,
                new EntityTagHeaderValue($"\"{checkpoint.Sha256}\""),
                enableRangeProcessing: true);
        }

        if (checkpoint is not null)
        {
            return Unavailable($"Checkpoint {file} of run {id} is not here any more: only the newest are kept, in the data folder of the worker.");
        }

        return await runs.ExistsAsync(id, cancellationToken)
            ? Problem.Of(
                StatusCodes.Status404NotFound, "unknown-checkpoint", "There is no such checkpoint.",
                $"Run {id} has written no checkpoint {file}; GET /api/v1/runs/{id}/checkpoints lists them.")
            : Problem.UnknownRun(id);
    }

    private static ProblemHttpResult Unavailable(string detail) =>
        Problem.Of(StatusCodes.Status404NotFound, "file-unavailable", "The file cannot be had from here.", detail);
}
