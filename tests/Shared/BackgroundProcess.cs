using System.Diagnostics;
using System.Text;

namespace Trainyard.Tests;

/// <summary>A program that a test starts, with its output kept; it ends with the test at the latest.</summary>
public sealed class BackgroundProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private BackgroundProcess(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything written to standard output so far.</summary>
    public string Output => Read(output);

    /// <summary>Everything written to standard error so far.</summary>
    public string Errors => Read(errors);

    public static BackgroundProcess Start(ProcessStartInfo start)
    {
        var started = new BackgroundProcess(start);
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Starts a program with changed environment variables.</summary>
    public static BackgroundProcess Start(string program, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Start(start);
    }

    /// <summary>Sends a signal by its name, as in <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString()]);
        kill.WaitForExit();
    }

    /// <summary>Requests its end, as an orchestrator does.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Ends it with SIGKILL; its own child processes go on.</summary>
    public void Kill() => process.Kill();

    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Waiting.Soon);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Terminates it, and kills it with all its children if that does not end it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Terminate();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
