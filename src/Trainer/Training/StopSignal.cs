using System.Globalization;
using System.Runtime.InteropServices;

namespace Trainyard.Trainer.Training;

// Requests to end at the next step boundary: a line stop or pause on standard input, SIGINT or SIGTERM, and for a supervised trainer the end of standard input,
// which means that its worker has ended.
internal sealed class StopSignal : IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];

    // Not disposed: a signal may be on its way.
    private readonly CancellationTokenSource requested = new();
    private readonly CancellationTokenSource ended = new();
    private Thread? listener;
    private string? request;

    /// <summary>The request, <c>stop</c> or <c>pause</c>; null while there is none. The first one stays.</summary>
    public string? Request => Volatile.Read(ref request);

    /// <summary>Cancelled by the first request, for work that has no steps.</summary>
    public CancellationToken Token => requested.Token;

    public void RequestStop(string kind)
    {
        if (Interlocked.CompareExchange(ref request, kind, null) is null)
        {
            requested.Cancel();
        }
    }

    /// <summary>Listens to the signals of the operating system.</summary>
    public void ListenToSignals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                RequestStop("stop");
            }));
        }
    }

    // Listens to lines of text, on a thread of its own that never keeps the process alive. renewLease: called with the end of the worker's lease.
    public void ListenTo(InputLines input, bool supervised, Action<long> renewLease)
    {
        listener = new Thread(() => Listen(input, supervised, renewLease)) { IsBackground = true, Name = "requests" };
        listener.Start();
    }

    /// <summary>Ends the listening: later lines of the input are for others.</summary>
    public void Dispose()
    {
        ended.Cancel();
        listener?.Join();
        signals.ForEach(signal => signal.Dispose());
    }

    private void Listen(InputLines input, bool supervised, Action<long> renewLease)
    {
        try
        {
            while (input.Take(ended.Token) is { } line)
            {
                if (line.Trim() is "stop" or "pause")
                {
                    RequestStop(line.Trim());
                }
                else if (line.Split(' ') is ["lease", var end] && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
                {
                    renewLease(timestamp);
                }
                else if (line.Trim().Length > 0)
                {
                    Console.Error.WriteLine($"Not understood on standard input: '{line.Trim()}'. Write 'stop' or 'pause'.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (supervised)
        {
            RequestStop("stop");
        }
    }
}
