using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

// Trainers that are started ahead, at most one for each slot: a process that has loaded the engine and waits for its run on standard input. It trains that one run
// and ends, as any trainer. There is one only while further runs are to come, runs are short, and memory and a processor are free; one that is not taken in time is
// ended. When this process ends, for whatever reason, a waiting trainer reads the end of its input and exits.
internal sealed partial class SpareTrainers(RunQueue queue, IOptions<WorkerOptions> workerOptions, TimeProvider clock, ILogger<SpareTrainers> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly WorkerOptions options = workerOptions.Value;
    private readonly Lock gate = new();

    // Guarded by `gate`.
    private readonly List<Spare> waiting = [];
    private TimeSpan lastRun = TimeSpan.Zero;
    private bool hasEnded;

    private TimeSpan Patience => TimeSpan.FromSeconds(options.StartAheadSeconds);

    /// <summary>Hands a run to a waiting trainer that was started with the same settings; null: there is none.</summary>
    public async Task<Process?> TakeAsync(AttemptSettings settings, TrainerOrder order)
    {
        while (Next(settings) is { } spare)
        {
            try
            {
                await spare.Process.StandardInput.WriteAsync(JsonSerializer.Serialize(order, SpecJson.Options) + "\n");
                await spare.Process.StandardInput.FlushAsync();
                return spare.Process;
            }
            catch (IOException)
            {
                // It died while it waited.
                await EndAsync(spare);
            }
        }

        return null;
    }

    /// <summary>Starts a trainer ahead, if the next run will profit from it. Call it when a run has begun to train.</summary>
    public async Task PrepareAsync(AttemptSettings settings)
    {
        try
        {
            if (!FillsProcessors(settings) && Wanted() is > 0 and var wanted && TrainerMemory.HasRoomForSpare && await queue.ExpectedAsync(options.QueueList, wanted, CancellationToken.None) is > 0 and var expected)
            {
                Start(settings, expected);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The next run starts its own, and reports what fails.
            LogNotStarted(exception.Message);
        }
    }

    /// <summary>How long a run took here, from the start of its trainer; after a long one none is started ahead.</summary>
    public void RunEnded(TimeSpan took)
    {
        lock (gate)
        {
            lastRun = took;
        }
    }

    /// <summary>Ends those that wait while memory is short: they are the first to give it back, before a run has to.</summary>
    public Task ReleaseMemoryAsync()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                return Task.CompletedTask;
            }
        }

        return TrainerMemory.IsShort ? EndAllAsync() : Task.CompletedTask;
    }

    /// <summary>Ends those that wait; none is started any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            hasEnded = true;
        }

        await EndAllAsync();
    }

    private async Task EndAllAsync()
    {
        Spare[] left;
        lock (gate)
        {
            left = [.. waiting];
            waiting.Clear();
        }

        await Task.WhenAll(left.Select(EndAsync));
    }

    // Whether several slots keep all processors busy: what a trainer that is started ahead computes would then be taken from the runs beside it. One slot does not: a small
    // network has one thread. On a GPU, training leaves the processors free.
    private bool FillsProcessors(AttemptSettings settings) =>
        options.SlotCount > 1 && options.SlotCount * settings.Threads >= Environment.ProcessorCount && !options.QueueList.Contains("cuda");

    // How many may wait; 0: no more are started now.
    private int Wanted()
    {
        lock (gate)
        {
            return hasEnded || Patience == TimeSpan.Zero || lastRun > Patience || waiting.Count >= options.SlotCount ? 0 : options.SlotCount;
        }
    }

    private void Start(AttemptSettings settings, int atMost)
    {
        lock (gate)
        {
            if (hasEnded || waiting.Count >= atMost)
            {
                return;
            }

            var spare = new Spare(
                TrainerProcess.StartProcess(settings, ["wait", "--threads", settings.Threads.ToString(CultureInfo.InvariantCulture)]), settings.Executable, settings.Threads);
            spare.Timer = clock.CreateTimer(_ => _ = DropAsync(spare), null, Patience, Timeout.InfiniteTimeSpan);
            waiting.Add(spare);
        }
    }

    private Spare? Next(AttemptSettings settings)
    {
        lock (gate)
        {
            foreach (var dead in waiting.FindAll(spare => spare.Process.HasExited))
            {
                waiting.Remove(dead);
                _ = EndAsync(dead);
            }

            var spare = waiting.Find(spare => spare.Executable == settings.Executable && spare.Threads == settings.Threads);
            if (spare is not null)
            {
                waiting.Remove(spare);
                spare.Timer.Dispose();
            }

            return spare;
        }
    }

    private async Task DropAsync(Spare spare)
    {
        lock (gate)
        {
            if (!waiting.Remove(spare))
            {
                return; // It was taken at this moment.
            }
        }

        await EndAsync(spare);
    }

    private async Task EndAsync(Spare spare)
    {
        await spare.Timer.DisposeAsync();
        using var process = spare.Process;
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(Grace, clock);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No trainer was started ahead: {Reason}")]
    private partial void LogNotStarted(string reason);

    private sealed class Spare(Process process, string executable, int threads)
    {
        public Process Process => process;
        public string Executable => executable;
        public int Threads => threads;
        public ITimer Timer { get; set; } = null!;
    }
}
