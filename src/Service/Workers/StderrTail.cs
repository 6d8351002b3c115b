using System.Text;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Workers;

/// <summary>Copies a trainer's standard error into its log file and keeps the last part of it for messages. In both, control characters are neutralized.</summary>
internal sealed class StderrTail : IDisposable
{
    private const int TailLength = 4096;

    private readonly FileStream log;
    private readonly Lock gate = new();
    private readonly StringBuilder tail = new();

    /// <summary>Opens the log.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public StderrTail(string path) => log = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>The last 4,096 characters, without white space around them.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                return tail.ToString().Trim();
            }
        }
    }

    /// <summary>Reads to the end. A log that cannot be written (disk full) does not stop the reading: a full pipe would stop the trainer.</summary>
    public async Task ReadAsync(Stream errors)
    {
        var buffer = new byte[TailLength];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        var decoder = Encoding.UTF8.GetDecoder(); // A character may be split between two reads.
        var logging = true;
        try
        {
            while (await errors.ReadAsync(buffer) is var count and > 0)
            {
                var text = OutsideText.Neutralize(new string(characters, 0, decoder.GetChars(buffer.AsSpan(0, count), characters, flush: false)));
                lock (gate)
                {
                    tail.Append(text);
                    tail.Remove(0, Math.Max(0, tail.Length - TailLength));
                }

                if (logging)
                {
                    try
                    {
                        await log.WriteAsync(Encoding.UTF8.GetBytes(text));
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
