using System.IO.Compression;
using System.Security.Cryptography;

namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>
/// A download in the making: <c>NAME.part</c> beside the file that it becomes. One process at a time holds it; what is in it survives the process, so that the
/// next one continues.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly string target;
    private readonly string path;
    private readonly FileStream stream;
    private bool isComplete;

    private PartialFile(string target, string path, FileStream stream)
    {
        this.target = target;
        this.path = path;
        this.stream = stream;
    }

    /// <summary>Bytes in it.</summary>
    public long Length => stream.Length;

    /// <summary>Opens it; null: another process holds it.</summary>
    /// <param name="target">The file that it becomes.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static PartialFile? TryOpen(string target)
    {
        var part = target + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            var opened = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
            opened.Seek(0, SeekOrigin.End);
            return new PartialFile(target, part, opened);
        }
        catch (IOException) when (File.Exists(part) || File.Exists(target))
        {
            // It is held, or has just got its name.
            return null;
        }
    }

    /// <summary>Appends.</summary>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => stream.WriteAsync(bytes, cancellation);

    /// <summary>Forgets what is in it.</summary>
    public void Clear() => stream.SetLength(0);

    /// <summary>SHA-256 of the file, or of what is inside the gzip file.</summary>
    /// <exception cref="InvalidDataException">It is not a gzip file.</exception>
    public async Task<string> HashAsync(bool ofContent, CancellationToken cancellation)
    {
        stream.Seek(0, SeekOrigin.Begin);
        try
        {
            if (!ofContent)
            {
                return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
            }

            await using var content = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }
        finally
        {
            stream.Seek(0, SeekOrigin.End);
        }
    }

    /// <summary>Gives it its name: from now on every process sees it, whole.</summary>
    public void Publish()
    {
        stream.Flush(flushToDisk: true);
        File.Move(path, target, overwrite: true);
        isComplete = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var isEmpty = !isComplete && stream.Length == 0;
        await stream.DisposeAsync();
        if (isEmpty)
        {
            File.Delete(path);
        }
    }
}
