using System.Text;
using Trainyard.Service.Hosting;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

// Copies a trainer's standard error into the log file of its run and keeps the last part of it for messages. In both, control characters are neutralized. It reads as
// long as the process lives: a full pipe would stop the trainer.
internal sealed class StderrTail : IDisposable
{
    private const int TailLength = 4096;

    private readonly Lock gate = new();

    // Guarded by `gate`.
    private readonly StringBuilder tail = new();
    private TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isAtEnd;

    // Guards `log` alone: a disk that hangs must not keep those waiting who ask for the rest.
    private readonly Lock logGate = new();
    private FileStream? log;

    /// <summary>The last 4,096 characters of this run, without white space around them.</summary>
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

    /// <summary>Completes when the trainer has written everything of this run.</summary>
    public Task Ended
    {
        get
        {
            lock (gate)
            {
                return ended.Task;
            }
        }
    }

    /// <summary>What follows is of another run, and goes to this log.</summary>
    public void Begin(FileStream newLog)
    {
        lock (logGate)
        {
            CloseLog();
            log = newLog;
        }

        lock (gate)
        {
            tail.Clear();
            ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (isAtEnd)
            {
                ended.SetResult();
            }
        }
    }

    /// <summary>Reads to the end of the stream.</summary>
    public async Task ReadAsync(Stream errors)
    {
        var buffer = new byte[TailLength];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        var decoder = Encoding.UTF8.GetDecoder(); // A character may be split between two reads.
        try
        {
            while (await errors.ReadAsync(buffer) is var count and > 0)
            {
                Add(new string(characters, 0, decoder.GetChars(buffer.AsSpan(0, count), characters, flush: false)));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was disposed of while a grandchild held the pipe open.
        }

        lock (gate)
        {
            isAtEnd = true;
            ended.TrySetResult();
        }
    }

    public void Dispose()
    {
        lock (logGate)
        {
            CloseLog();
        }
    }

    private void Add(string read)
    {
        var isEnd = read.Contains(TrainerOrder.EndMark, StringComparison.Ordinal);
        var text = OutsideText.Neutralize(read.Replace(TrainerOrder.EndMark.ToString(), "", StringComparison.Ordinal));
        lock (gate)
        {
            tail.Append(text);
            tail.Remove(0, Math.Max(0, tail.Length - TailLength));
        }

        lock (logGate)
        {
            Log(text);
            if (isEnd)
            {
                // The run may be deleted while the trainer waits.
                CloseLog();
            }
        }

        if (isEnd)
        {
            lock (gate)
            {
                ended.TrySetResult();
            }
        }
    }

    private void Log(string text)
    {
        try
        {
            log?.Write(Encoding.UTF8.GetBytes(text));
            log?.Flush();
        }
        catch (IOException)
        {
            // A log that cannot be written (disk full) does not stop the reading.
            CloseLog();
        }
    }

    private void CloseLog()
    {
        try
        {
            log?.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: the last bytes of the log are lost, which is known already.
        }

        log = null;
    }
}
