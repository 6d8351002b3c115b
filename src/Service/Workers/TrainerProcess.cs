using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

// One process of the trainer, which takes one run after the other ("trainer wait"). Its standard input stays open as long as this object lives: when this process ends, for
// whatever reason, the trainer reads the end of its input, writes a checkpoint and exits. When this process is suspended, the trainer ends with the lease that it was last
// told of.
internal sealed class TrainerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StderrTail errors = new();
    private readonly Lock gate = new();
    private TrainerOutput output;
    private Task? errorsRead;
    private long leaseStep;
    private bool isKilled;

    // Guarded by `gate`.
    private long leaseSent;
    private Task sending = Task.CompletedTask;

    private TrainerProcess(string executable, Process process)
    {
        (Executable, this.process) = (executable, process);
        output = new(process.StandardOutput.BaseStream);
    }

    public string Executable { get; }

    /// <summary>
    /// Whether it may take another run: it waits for one, and the last one ended in a way that leaves nothing behind. On a GPU it does not, so that the GPU's memory is free.
    /// </summary>
    public bool IsReusable { get; private set; }

    /// <summary>Whether it had another run before this one.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Memory in use; 0 when the process has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                process.Refresh();
                return process.HasExited ? 0 : process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>
    /// Hands the run to a trainer that waits, or starts one. The run's folder holds the spec as <c>spec.json</c>, and gets <c>trainer.log</c>.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The executable could not be started.</exception>
    /// <exception cref="IOException">The log could not be opened.</exception>
    public static async Task<TrainerProcess> StartAsync(AttemptSettings settings, RunClaim claim, WarmTrainers warm)
    {
        var order = new TrainerOrder { Directory = settings.Folder, Arguments = Arguments(settings, claim) };
        while (await warm.TakeAsync(settings, claim) is { } waiting)
        {
            waiting.IsReused = true;
            if (await waiting.BeginOrDisposeAsync(settings, order))
            {
                return waiting;
            }

            // It died at this moment.
            await waiting.DisposeAsync();
        }

        // Where it has ended already, its exit code says why.
        var started = Start(settings);
        await started.BeginOrDisposeAsync(settings, order);
        return started;
    }

    private static TrainerProcess Start(AttemptSettings settings)
    {
        var started = Process.Start(new ProcessStartInfo(settings.Executable, ["wait"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        })!;
        OomKills.Prefer(started.Id, settings.Trainer.OomScoreAdjust);
        return new(settings.Executable, started);
    }

    private async Task<bool> BeginOrDisposeAsync(AttemptSettings settings, TrainerOrder order)
    {
        try
        {
            return await BeginAsync(settings, order);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    // Returns whether the process lived until it was handed the run.
    private async Task<bool> BeginAsync(AttemptSettings settings, TrainerOrder order)
    {
        errors.Begin(new FileStream(Path.Combine(settings.Folder, "trainer.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
        errorsRead ??= errors.ReadAsync(process.StandardError.BaseStream);
        output = new(process.StandardOutput.BaseStream);
        leaseStep = (long)(settings.Queue.LeaseSeconds / 6 * Stopwatch.Frequency);
        IsReusable = false;
        Task<bool> sent;
        lock (gate)
        {
            leaseSent = 0;
            sending = sent = WriteAfterAsync(sending, JsonSerializer.Serialize(order, SpecJson.Options));
        }

        return await sent;
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

    /// <summary>The events of the run, in order, to the end of what the trainer writes of it.</summary>
    /// <exception cref="TrainerProtocolException">A line is not an event, or is out of order.</exception>
    public IAsyncEnumerable<TrainerLine> ReadAsync(CancellationToken cancellationToken) => output.ReadAsync(cancellationToken);

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

    // Requests the end of the run, and kills the process when the run does not end in time.
    // request: stop or pause; the trainer writes a checkpoint first. Returns whether it was killed.
    public async Task<bool> StopAsync(string request, TimeSpan grace, TimeProvider clock)
    {
        lock (gate)
        {
            sending = WriteAfterAsync(sending, request);
        }

        try
        {
            await Task.WhenAny(errors.Ended, process.WaitForExitAsync()).WaitAsync(grace, clock);
            return false;
        }
        catch (TimeoutException)
        {
            Kill();
            return true;
        }
    }

    private async Task<bool> WriteAfterAsync(Task earlier, string line)
    {
        await earlier;
        return await WriteAsync(line);
    }

    // Returns whether the process still reads.
    private async Task<bool> WriteAsync(string line)
    {
        // A pipe that is full would block the caller.
        await Task.Yield();
        try
        {
            await process.StandardInput.WriteAsync(line + "\n");
            await process.StandardInput.FlushAsync();
            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Kills the process and its children, now.</summary>
    public void Kill()
    {
        isKilled = true;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    // Waits for the end of the run, or of the process, and of what it writes. Call it when the events have been read.
    // Returns the exit code, 128 plus the number of a signal that killed it; and the last part of its standard error.
    public async Task<(int ExitCode, string Errors)> WaitAsync()
    {
        if (output.ExitCode is null)
        {
            await process.WaitForExitAsync();
        }

        // A grandchild may hold the pipe open; what it writes is not waited for.
        await Task.WhenAny(errors.Ended, Task.Delay(TimeSpan.FromSeconds(2)));
        return (output.ExitCode ?? process.ExitCode, errors.Text);
    }

    /// <summary>Says that the run has left nothing behind in the process; call it after <see cref="WaitAsync"/>.</summary>
    public void AllowReuse() => IsReusable = output.ExitCode is not null && errors.Ended.IsCompleted && !isKilled;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // Nothing is lost: it has written everything, or is to be given up.
            Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await (errorsRead ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        errors.Dispose();
    }
}
