using System.Text;

namespace Trainyard.Service.Workers;

/// <summary>Copies a trainer's standard error into its log file and keeps the last part of it for messages.</summary>
internal sealed class StderrTail : IDisposable
{
    private const int TailBytes = 4096;

    private readonly FileStream log;
    private readonly Lock gate = new();
    private readonly List<byte> tail = [];

    /// <summary>Opens the log.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public StderrTail(string path) => log = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>The last 4 KiB, without white space around them.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                return Encoding.UTF8.GetString([.. tail]).TrimStart('\uFFFD').Trim();
            }
        }
    }

    /// <summary>Reads to the end. A log that cannot be written (disk full) does not stop the reading: a full pipe would stop the trainer.</summary>
    public async Task ReadAsync(Stream errors)
    {
        var buffer = new byte[TailBytes];
        var logging = true;
        try
        {
            while (await errors.ReadAsync(buffer) is var count and > 0)
            {
                lock (gate)
                {
                    tail.AddRange(buffer.AsSpan(0, count));
                    tail.RemoveRange(0, Math.Max(0, tail.Count - TailBytes));
                }

                if (logging)
                {
                    try
                    {
                        await log.WriteAsync(buffer.AsMemory(0, count));
                        await log.FlushAsync();
                    }
                    catch (IOException)
                    {
                        logging = false;
                    }
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was disposed of while a grandchild held the pipe open.
        }
    }

    public void Dispose()
    {
        try
        {
            log.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: the last bytes of the log are lost, which is known already.
        }
    }
}
