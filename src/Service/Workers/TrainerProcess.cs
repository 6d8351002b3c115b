using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

// One process of "trainer train". Its standard input stays open as long as this object lives: when this process ends, for whatever reason, the trainer reads the
// end of its input, writes a checkpoint and exits. When this process is suspended, the trainer ends with the lease that it was last told of.
internal sealed class TrainerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task errorsRead;
    private readonly StderrTail errors;
    private readonly long leaseStep;
    private readonly Lock gate = new();

    // Guarded by `gate`.
    private long leaseSent;
    private Task sending = Task.CompletedTask;

    private TrainerProcess(Process process, StderrTail errors, AttemptSettings settings)
    {
        this.process = process;
        this.errors = errors;
        leaseStep = (long)(settings.Queue.LeaseSeconds / 6 * Stopwatch.Frequency);
        errorsRead = errors.ReadAsync(process.StandardError.BaseStream);
    }

    /// <summary>Standard output, for <see cref="TrainerOutput"/>.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    public int Id => process.Id;

    /// <summary>Memory in use; 0 when the process has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                process.Refresh();
                return process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>
    /// Starts a trainer, or hands the run to one that was started ahead. The run's folder holds the spec as <c>spec.json</c>, and gets <c>trainer.log</c>.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The executable could not be started.</exception>
    /// <exception cref="IOException">The log could not be opened.</exception>
    public static async Task<TrainerProcess> StartAsync(AttemptSettings settings, RunClaim claim, SpareTrainers spares)
    {
        var folder = settings.Folder;
        var arguments = Arguments(settings, claim);
        var log = new StderrTail(Path.Combine(folder, "trainer.log"));
        try
        {
            var trainer = await spares.TakeAsync(settings, new TrainerOrder { Directory = folder, Arguments = arguments }) ?? StartProcess(settings, arguments, folder);
            return new TrainerProcess(trainer, log, settings);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Starts the executable with its streams redirected.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The executable could not be started.</exception>
    public static Process StartProcess(AttemptSettings settings, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(settings.Executable, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = folder,
            UseShellExecute = false,
        };
        var started = Process.Start(start)!;
        OomKills.Prefer(started.Id, settings.Trainer.OomScoreAdjust);
        return started;
    }

    private static List<string> Arguments(AttemptSettings settings, RunClaim claim)
    {
        var folder = settings.Folder;
        List<string> arguments =
        [
            "train", "--spec", Path.Combine(folder, "spec.json"), "--out", folder, "--supervised",
            settings.HasExactThreads ? "--threads" : "--max-threads", settings.Threads.ToString(CultureInfo.InvariantCulture),
        ];

        // A later attempt continues from a checkpoint, though not from one that is newer than the stored events.
        if (claim.Attempt > 1)
        {
            arguments.Add("--resume");
            if (claim.KnownStep is { } step)
            {
                arguments.AddRange("--known-step", step.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (claim.Weights is { } weights)
        {
            arguments.AddRange("--weights", Path.Combine(folder, weights));
        }

        arguments.AddRange(settings.Trainer.DatasetsArguments);
        return arguments;
    }

    /// <summary>Tells the trainer when the worker's lease ends: a timestamp of the monotonic clock. Returns at once.</summary>
    public void RenewLease(long end)
    {
        lock (gate)
        {
            // A trainer that does not read keeps what it was told.
            if (end - leaseSent >= leaseStep && sending.IsCompleted)
            {
                leaseSent = end;
                sending = WriteAsync(string.Create(CultureInfo.InvariantCulture, $"lease {end}"));
            }
        }
    }

    // Requests the end of the process, and kills it when it does not end in time.
    // request: stop or pause; the trainer writes a checkpoint first. Returns whether it was killed.
    public async Task<bool> StopAsync(string request, TimeSpan grace, TimeProvider clock)
    {
        lock (gate)
        {
            sending = WriteAfterAsync(sending, request);
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

    private async Task WriteAfterAsync(Task earlier, string line)
    {
        await earlier;
        await WriteAsync(line);
    }

    private async Task WriteAsync(string line)
    {
        // A pipe that is full would block the caller.
        await Task.Yield();
        try
        {
            await process.StandardInput.WriteAsync(line + "\n");
            await process.StandardInput.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is ending already.
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
