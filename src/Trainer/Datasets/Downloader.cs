using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Datasets;

/// <summary>A file of a dataset as its publisher offers it.</summary>
internal sealed record PublishedFile
{
    public required string Name { get; init; }

    /// <summary>Addresses of folders that hold it, with the slash at the end, in order of preference.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether <see cref="Sha256"/> is of the decompressed content, so that a mirror may recompress it.</summary>
    public bool HashesContent { get; init; }
}

// Downloads a file on first use into NAME.part, resumed where an earlier attempt ended, by one process at a time. The file gets its name when its SHA-256 is
// right.
internal sealed class Downloader(NoticeWriter notice, TimeProvider time, TimeSpan retryDelay)
{
    // Attempts in a row that bring no new byte.
    private const int MaximumFailures = 3;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    // Downloads a file unless it is in the folder. Throws RunFailureException: no address offers it, or the folder cannot be written.
    public async Task FetchAsync(PublishedFile file, IReadOnlyList<Uri> addresses, string folder, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, file.Name);
        try
        {
            Directory.CreateDirectory(folder);
            if (await LockAsync(target, cancellation) is { } part)
            {
                await using (part)
                {
                    await DownloadAsync(file, addresses, part, folder, cancellation);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(
                FailureClass.Storage, RunMessageCode.DatasetFolderNotWritable, [("path", target), ("detail", exception.Message)], exception);
        }
    }

    // Null when the file is there.
    private async Task<FileStream?> LockAsync(string target, CancellationToken cancellation)
    {
        var path = target + ".part";
        for (var isFirst = true; !File.Exists(target); isFirst = false)
        {
            try
            {
                var part = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
                part.Seek(0, SeekOrigin.End);
                return part;
            }
            catch (IOException) when (File.Exists(path) || File.Exists(target))
            {
                if (isFirst)
                {
                    notice(RunMessageCode.DownloadWaiting, ("path", target));
                }

                await Task.Delay(retryDelay, time, cancellation);
            }
        }

        return null;
    }

    private async Task DownloadAsync(PublishedFile file, IReadOnlyList<Uri> addresses, FileStream part, string folder, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var errors = new List<string>();
        foreach (var address in addresses)
        {
            if (await TryAsync(client, file, address, part, cancellation) is not { } error)
            {
                part.Flush(flushToDisk: true);
                File.Move(part.Name, Path.Combine(folder, file.Name), overwrite: true);
                notice(RunMessageCode.DownloadFinished, ("file", file.Name), ("folder", folder));
                return;
            }

            errors.Add(error);
        }

        if (part.Length == 0)
        {
            File.Delete(part.Name);
        }

        throw new RunFailureException(
            FailureClass.InvalidData,
            RunMessageCode.DownloadFailed,
            [("file", file.Name), ("address", addresses[0]), ("folder", folder), ("detail", string.Join("; ", errors)), ("advice", null)]);
    }

    // Returns why the address is given up; null when the file is complete and right.
    private async Task<string?> TryAsync(HttpClient client, PublishedFile file, Uri address, FileStream part, CancellationToken cancellation)
    {
        // What was received earlier may be of another file.
        var mayRestart = part.Length > 0;
        notice(RunMessageCode.DownloadStarted, ("file", file.Name), ("address", address), ("bytes", part.Length));
        for (var failures = 0; ; await Task.Delay(retryDelay, time, cancellation))
        {
            var before = part.Length;
            string error;
            try
            {
                await ReceiveAsync(client, file, address, part, cancellation);
                var sha256 = await HashAsync(part, file.HashesContent, cancellation);
                if (sha256 == file.Sha256)
                {
                    return null;
                }

                part.SetLength(0);
                error = $"{address} sent a file with the SHA-256 {sha256} instead of {file.Sha256}";
                failures = mayRestart ? 0 : MaximumFailures;
                mayRestart = false;
            }
            catch (Exception exception) when (exception is HttpRequestException or HttpIOException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                error = exception is OperationCanceledException ? $"{address} sent nothing for {ReadTimeout.TotalSeconds} seconds" : $"{address}: {exception.Message}";
                failures = !IsTransient(exception) ? MaximumFailures : part.Length > before ? 0 : failures + 1;
            }

            if (failures >= MaximumFailures)
            {
                return error;
            }
        }
    }

    // Appends what follows the bytes that are there (RFC 9110, section 14). Whether it fits them, the hash shows.
    private async Task ReceiveAsync(HttpClient client, PublishedFile file, Uri address, FileStream part, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(ReadTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = part.Length > 0 ? new RangeHeaderValue(part.Length, null) : null;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return;
        }

        response.EnsureSuccessStatusCode();
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            part.SetLength(0);
        }

        var total = part.Length + response.Content.Headers.ContentLength;
        var reported = time.GetTimestamp();
        var buffer = new byte[1 << 16];
        await using var content = await response.Content.ReadAsStreamAsync(timeout.Token);
        while (await content.ReadAsync(buffer, timeout.Token) is > 0 and var count)
        {
            await part.WriteAsync(buffer.AsMemory(0, count), cancellation);
            timeout.CancelAfter(ReadTimeout);
            if (time.GetElapsedTime(reported) >= ProgressInterval)
            {
                reported = time.GetTimestamp();
                notice(RunMessageCode.DownloadProgress, ("file", file.Name), ("bytes", part.Length), ("totalBytes", total));
            }
        }
    }

    private static async Task<string> HashAsync(FileStream part, bool ofContent, CancellationToken cancellation)
    {
        part.Seek(0, SeekOrigin.Begin);
        try
        {
            await using var content = ofContent ? new GZipStream(part, CompressionMode.Decompress, leaveOpen: true) : null;
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content ?? (Stream)part, cancellation));
        }
        catch (InvalidDataException)
        {
            return "(not a gzip file)";
        }
        finally
        {
            part.Seek(0, SeekOrigin.End);
        }
    }

    // Without a network or a host of that name another attempt does not help.
    private static bool IsTransient(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError } => false,
        _ => true,
    };
}
