using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>
/// Downloads a publisher's file on first use: continued where an earlier try ended, checked by its SHA-256, seen by others only when it is whole, and by one
/// process at a time.
/// </summary>
/// <param name="notice">Told what a person who waits wants to know, at most every five seconds.</param>
/// <param name="time">Clock.</param>
/// <param name="pause">Time between two tries, and between two looks at another process.</param>
internal sealed class Downloader(NoticeTaker notice, TimeProvider time, TimeSpan pause)
{
    private static readonly TimeSpan NoticeInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Brings a file into a folder; nothing is done when it is there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="addresses">Where it may come from, best first.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="cancellation">Ends it; what has come stays for the next try.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="RunFailureException">No address gave it, or the folder cannot be written.</exception>
    public async Task<string> FetchAsync(PublishedFile file, IReadOnlyList<Uri> addresses, string folder, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, file.Name);
        try
        {
            await using var partial = await OpenAsync(target, cancellation);
            if (!File.Exists(target))
            {
                await FillAsync(file, addresses, partial!, folder, cancellation);
            }

            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(
                FailureClass.Storage, RunMessageCode.DatasetFolderNotWritable, [("path", target), ("detail", exception.Message)], exception);
        }
    }

    // Null: another process has finished the file.
    private async Task<PartialFile?> OpenAsync(string target, CancellationToken cancellation)
    {
        for (var isFirst = true; !File.Exists(target); isFirst = false)
        {
            if (PartialFile.TryOpen(target) is { } partial)
            {
                return partial;
            }

            if (isFirst)
            {
                notice(RunMessageCode.DownloadWaiting, ("path", target));
            }

            await Task.Delay(pause, time, cancellation);
        }

        return null;
    }

    private async Task FillAsync(PublishedFile file, IReadOnlyList<Uri> addresses, PartialFile partial, string folder, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var transfer = new Transfer(client, time, pause);
        var problems = new List<string>();
        foreach (var address in addresses)
        {
            try
            {
                if (await TryAsync(transfer, file, address, partial, cancellation) is { } problem)
                {
                    problems.Add(problem);
                    continue;
                }

                partial.Publish();
                notice(RunMessageCode.DownloadFinished, ("file", file.Name), ("folder", folder));
                return;
            }
            catch (DownloadException exception)
            {
                problems.Add(exception.Message);
            }
        }

        throw new RunFailureException(
            FailureClass.InvalidData,
            RunMessageCode.DownloadFailed,
            [("file", file.Name), ("address", addresses[0]), ("folder", folder), ("detail", string.Join("; ", problems)), ("advice", null)]);
    }

    // Null: the file is whole and right. What an earlier try left may be of another file, so a wrong sum after continuing is worth a fresh start.
    private async Task<string?> TryAsync(Transfer transfer, PublishedFile file, Uri address, PartialFile partial, CancellationToken cancellation)
    {
        for (; ; )
        {
            var continued = partial.Length > 0;
            notice(RunMessageCode.DownloadStarted, ("file", file.Name), ("address", address), ("bytes", partial.Length));
            await transfer.FillAsync(address, partial, Reporter(file), cancellation);
            var found = await HashAsync(partial, file, cancellation);
            if (found == file.Sha256)
            {
                return null;
            }

            partial.Clear();
            if (!continued)
            {
                return $"{address} gave a file with the SHA-256 {found} instead of {file.Sha256}";
            }
        }
    }

    private static async Task<string> HashAsync(PartialFile partial, PublishedFile file, CancellationToken cancellation)
    {
        try
        {
            return await partial.HashAsync(file.HashesContent, cancellation);
        }
        catch (InvalidDataException)
        {
            return "(not a gzip file)";
        }
    }

    private Action<long, long?> Reporter(PublishedFile file)
    {
        var last = time.GetTimestamp();
        return (count, total) =>
        {
            if (time.GetElapsedTime(last) >= NoticeInterval)
            {
                last = time.GetTimestamp();
                notice(RunMessageCode.DownloadProgress, ("file", file.Name), ("bytes", count), ("totalBytes", total));
            }
        };
    }
}
