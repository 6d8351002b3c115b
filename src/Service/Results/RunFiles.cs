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

    private const int BlockBytes = 64 * 1024;

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

    /// <summary>Path of the newest checkpoint whose file is available; null if there is none.</summary>
    public async Task<string?> NewestCheckpointAsync(Guid id, CancellationToken cancellationToken) =>
        (await CheckpointsAsync(id, cancellationToken)).Items.LastOrDefault(checkpoint => checkpoint.Available) is { } newest
            ? PathOf(id, Path.Combine("checkpoints", newest.File))
            : null;

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

    /// <summary>The last lines of the trainer log as a function that writes them; null if the log is not available.</summary>
    public Func<Stream, Task>? Log(Guid id, int lines, CancellationToken cancellationToken)
    {
        try
        {
            var path = PathOf(id, "trainer.log");
            long start, end;
            using (var log = Open(path))
            {
                (start, end) = (FindLastLines(log, lines), log.Length);
            }

            return async body =>
            {
                await using var log = Open(path);
                log.Position = start;
                var buffer = new byte[BlockBytes];
                while (log.Position < end && await log.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BlockBytes, end - log.Position)), cancellationToken) is var count and > 0)
                {
                    await body.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Where the last lines begin: at a whole line, and not before the last MaximumLogBytes. Read backwards in blocks, up to the line feed before them.
    private static long FindLastLines(FileStream log, int lines)
    {
        var length = log.Length;
        var oldest = Math.Max(0, length - MaximumLogBytes);
        var start = length;
        var found = 0;
        Span<byte> block = new byte[BlockBytes];
        for (var end = length; end > oldest;)
        {
            var from = Math.Max(oldest, end - BlockBytes);
            log.Position = from;
            var read = block[..(int)(end - from)];
            log.ReadExactly(read);
            for (var at = read.LastIndexOf((byte)'\n'); at >= 0; at = read[..at].LastIndexOf((byte)'\n'))
            {
                // The line feed at the end of the file ends a line; it does not begin one.
                if (from + at + 1 < length)
                {
                    start = from + at + 1;
                    if (++found == lines)
                    {
                        return start;
                    }
                }
            }

            end = from;
        }

        return oldest == 0 ? 0 : start;
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
