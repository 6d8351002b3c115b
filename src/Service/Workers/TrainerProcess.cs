using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trainyard.Service.Queue;

namespace Trainyard.Service.Workers;

// One process of "trainer train". Its standard input stays open as long as this object lives: when this process ends, for whatever reason, the trainer reads the end of
// its input, writes a checkpoint and exits.
internal sealed class TrainerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task errorsRead;
    private readonly StderrTail errors;

    private TrainerProcess(Process process, StderrTail errors)
    {
        this.process = process;
        this.errors = errors;
        errorsRead = errors.ReadAsync(process.StandardError.BaseStream);
    }

    /// <summary>Standard output, for <see cref="TrainerOutput"/>.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    public int Id => process.Id;

    /// <summary>Starts a trainer. The run's folder holds the spec as <c>spec.json</c>, and gets <c>trainer.log</c>.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The executable could not be started.</exception>
    /// <exception cref="IOException">The log could not be opened.</exception>
    public static TrainerProcess Start(AttemptSettings settings, RunClaim claim)
    {
        var folder = settings.Folder;
        var start = new ProcessStartInfo(settings.Executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = folder,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["train", "--spec", Path.Combine(folder, "spec.json"), "--out", folder, "--supervised",
            "--threads", settings.Threads.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        // A later attempt continues from a checkpoint, though not from one that is newer than the stored events.
        if (claim.Attempt > 1)
        {
            start.ArgumentList.Add("--resume");
            if (claim.KnownStep is { } step)
            {
                start.ArgumentList.Add("--known-step");
                start.ArgumentList.Add(step.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (claim.Weights is { } weights)
        {
            start.ArgumentList.Add("--weights");
            start.ArgumentList.Add(Path.Combine(folder, weights));
        }

        if (settings.Trainer.Datasets is { } datasets)
        {
            start.ArgumentList.Add("--datasets");
            start.ArgumentList.Add(datasets);
        }

        var log = new StderrTail(Path.Combine(folder, "trainer.log"));
        try
        {
            return new TrainerProcess(Process.Start(start)!, log);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    // Requests the end of the process, and kills it when it does not end in time.
    // request: stop or pause; the trainer writes a checkpoint first. Returns whether it was killed.
    public async Task<bool> StopAsync(string request, TimeSpan grace, TimeProvider clock)
    {
        try
        {
            await process.StandardInput.WriteAsync(request + "\n");
            await process.StandardInput.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is ending already.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(grace, clock);
            return false;
        }
        catch (TimeoutException)
        {
            Kill();
            return true;
        }
    }

    /// <summary>Kills the process and its children, now.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    // Waits for the end of the process and of what it writes.
    // Returns the exit code, 128 plus the number of a signal that killed it; and the last part of its standard error.
    public async Task<(int ExitCode, string Errors)> WaitAsync()
    {
        await process.WaitForExitAsync();

        // A grandchild may hold the pipe open; what it writes is not waited for.
        await Task.WhenAny(errorsRead, Task.Delay(TimeSpan.FromSeconds(2)));
        return (process.ExitCode, errors.Text);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await errorsRead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        errors.Dispose();
    }
}
