using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Results;

// Log and checkpoints in a run's folder. The worker writes them; an API process on another machine needs a shared data folder.
internal sealed class RunFiles(RunsDbContext database, IOptions<ServiceOptions> options)
{
    public const int MaximumLogBytes = 4 << 20;

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

    public async Task<RunCheckpoint?> FindCheckpointAsync(Guid id, string file, CancellationToken cancellationToken) =>
        (await CheckpointsAsync(id, cancellationToken)).Items.LastOrDefault(checkpoint => checkpoint.File == file);

    /// <summary>Opens a checkpoint; null if its file is not available.</summary>
    public async Task<FileStream?> OpenAsync(Guid id, RunCheckpoint checkpoint)
    {
        try
        {
            // Stays readable if the trainer deletes it in the meantime.
            var stream = Open(PathOf(id, Path.Combine("checkpoints", checkpoint.File)));
            if (stream.Length == checkpoint.Bytes)
            {
                return stream;
            }

            await stream.DisposeAsync();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not available.
        }

        return null;
    }

    /// <summary>The last lines of the trainer log; null if it is not available.</summary>
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
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Without a first line that is incomplete.
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

    // The file name of an event must not lead out of the run's folder.
    private string PathOf(Guid id, string file)
    {
        var folder = DataFolder.OfRun(options.Value.DataPath, id) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(folder, file));
        return path.StartsWith(folder, StringComparison.Ordinal)
            ? path
            : throw new InvalidOperationException($"File '{file}' of run {id} is not in its folder {folder}.");
    }
}
