using System.Collections.Concurrent;
using System.Diagnostics;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>One run of the server program.</summary>
internal sealed class PostgresProcess : IDisposable
{
    private const int KeptLines = 20;

    private readonly Process process;
    private readonly ConcurrentQueue<string> lastLines = new();
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PostgresProcess(ProcessStartInfo start) => process = new Process { StartInfo = start };

    /// <summary>Completes when the server has ended.</summary>
    public Task Exited => exited.Task;

    /// <summary>Exit code of a server that has ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Process id of the server.</summary>
    public int Id => process.Id;

    /// <summary>The newest lines of its log.</summary>
    public string LastLines => string.Join(" | ", lastLines);

    /// <summary>Starts the server.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="onLine">Called for each line of its log.</param>
    public static async Task<PostgresProcess> StartAsync(IReadOnlyList<string> command, Action<string> onLine)
    {
        var server = new PostgresProcess(new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        });
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data, onLine);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Linux reports the death of the parent when the thread that forked ends, so that thread has to live as long as the server.
        var thread = new Thread(() => server.Live(started)) { IsBackground = true, Name = "postgres" };
        thread.Start();
        await started.Task;
        return server;
    }

    /// <summary>Ends the server: in order, then at once, then by force.</summary>
    public async Task StopAsync(TimeProvider clock)
    {
        foreach (var (signal, patience) in ((int, TimeSpan)[])[(Posix.Interrupt, TimeSpan.FromSeconds(20)), (Posix.Quit, TimeSpan.FromSeconds(5))])
        {
            if (Exited.IsCompleted)
            {
                return;
            }

            Posix.Send(process.Id, signal);
            await Task.WhenAny(Exited, Task.Delay(patience, clock));
        }

        if (!Exited.IsCompleted)
        {
            process.Kill(entireProcessTree: true);
            await Exited;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private void Live(TaskCompletionSource started)
    {
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            started.SetException(new StartupException($"{process.StartInfo.FileName} cannot be run: {problem.Message}.", problem));
            return;
        }

        process.StandardInput.Close();
        process.BeginErrorReadLine();
        started.SetResult();
        process.WaitForExit();
        exited.SetResult();
    }

    private void Keep(string? line, Action<string> onLine)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lastLines.Enqueue(line);
        while (lastLines.Count > KeptLines)
        {
            lastLines.TryDequeue(out _);
        }

        onLine(line);
    }
}
