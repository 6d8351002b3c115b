using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Results;

/// <summary>
/// What a run left in its folder: log and checkpoints. The folder is the worker's; an API process on another machine sees it only when they
/// share the data folder.
/// </summary>
internal sealed class RunFiles(RunsDbContext database, IOptions<ServiceOptions> options)
{
    /// <summary>Longest part of a log that is read.</summary>
    public const int MaximumLogBytes = 4 << 20;

    /// <summary>The checkpoints of a run, oldest first.</summary>
    public async Task<RunCheckpoints> CheckpointsAsync(Guid id, CancellationToken cancellationToken)
    {
        // The type is a literal, so that the planner takes index run_events_by_type.
        var stored = await database.Events.Where(entry => entry.RunId == id && entry.Type == "checkpoint")
            .OrderBy(entry => entry.Seq).Select(entry => new { entry.Attempt, entry.At, entry.Data }).ToListAsync(cancellationToken);
        return new RunCheckpoints
        {
            Items = [.. stored.Select(entry => (entry.Attempt, entry.At, Event: (CheckpointEvent)entry.Data))
                .GroupBy(entry => entry.Event.File, StringComparer.Ordinal).Select(file => file.Last())
                .Select(entry => new RunCheckpoint
                {
                    Attempt = entry.Attempt,
                    Epoch = entry.Event.Epoch,
                    Step = entry.Event.Step,
                    File = Path.GetFileName(entry.Event.File),
                    Bytes = entry.Event.Bytes,
                    Sha256 = entry.Event.Sha256,
                    At = entry.At,
                    Available = new FileInfo(PathOf(id, entry.Event.File)) is { Exists: true } found && found.Length == entry.Event.Bytes,
                })],
        };
    }

    /// <summary>Opens a checkpoint that an event of the run names; null when the file is not here.</summary>
    public async Task<(FileStream? Stream, RunCheckpoint? Checkpoint)> OpenCheckpointAsync(Guid id, string file, CancellationToken cancellationToken)
    {
        var known = (await CheckpointsAsync(id, cancellationToken)).Items.LastOrDefault(checkpoint => checkpoint.File == file);
        if (known is null)
        {
            return (null, null);
        }

        try
        {
            // The trainer may remove it while it is read: it stays readable to the end.
            var stream = Open(PathOf(id, Path.Combine("checkpoints", file)));
            if (stream.Length == known.Bytes)
            {
                return (stream, known);
            }

            await stream.DisposeAsync();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // As good as not there.
        }

        return (null, known);
    }

    /// <summary>The end of what the trainers of a run wrote to standard error; null when there is no log here.</summary>
    /// <param name="id">The run.</param>
    /// <param name="lines">At most this many lines.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> LogAsync(Guid id, int lines, CancellationToken cancellationToken)
    {
        try
        {
            await using var log = Open(PathOf(id, "trainer.log"));
            var start = Math.Max(0, log.Length - MaximumLogBytes);
            log.Position = start;
            var buffer = new byte[log.Length - start];
            var count = await log.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(LastLines(buffer.AsSpan(0, count), lines, whole: start == 0));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A first line that was cut is left out.
    private static ReadOnlySpan<byte> LastLines(ReadOnlySpan<byte> text, int lines, bool whole)
    {
        var first = text.Length;
        var end = text is [.., (byte)'\n'] ? text.Length - 1 : text.Length;
        for (var line = 0; line < lines; line++)
        {
            var before = text[..end].LastIndexOf((byte)'\n');
            if (before < 0)
            {
                return whole ? text : text[first..];
            }

            first = before + 1;
            end = before;
        }

        return text[first..];
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    // What an event names must not lead out of the run's folder.
    private string PathOf(Guid id, string file)
    {
        var folder = DataFolder.OfRun(options.Value.DataPath, id) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(folder, file));
        return path.StartsWith(folder, StringComparison.Ordinal)
            ? path
            : throw new InvalidOperationException($"Run {id} names '{file}', which is not in its folder {folder}.");
    }
}
